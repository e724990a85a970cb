/*
 * PORTS407.
 *
 * Generated from derived_ports.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_PORTS407_H
#define REGISTER_MAP_PORTS407_H

#include <stddef.h>
#include <stdint.h>

#ifndef REGISTER_MAP_READ_ONLY
/* C++ has no structures whose constant members nobody sets. */
#ifdef __cplusplus
#define REGISTER_MAP_READ_ONLY volatile
#define REGISTER_MAP_ALIGNED(bytes) alignas(bytes)
#define REGISTER_MAP_ASSERT(condition, text) static_assert(condition, text)
#else
#define REGISTER_MAP_READ_ONLY const volatile
#define REGISTER_MAP_ALIGNED(bytes) _Alignas(bytes)
#define REGISTER_MAP_ASSERT(condition, text) _Static_assert(condition, text)
#endif
#define REGISTER_MAP_READ_WRITE volatile
/* C cannot forbid to read. */
#define REGISTER_MAP_WRITE_ONLY volatile
#endif

/* GPIOA. */
#define PORTS407_GPIOA_BASE UINT64_C(0x40020000)

/* General-purpose I/Os. */
struct ports407_gpioa_registers {
    /* 0x00: GPIO port mode register. */
    REGISTER_MAP_READ_WRITE uint32_t moder;
    uint8_t reserved[0xc];
    /* 0x10: GPIO port input data register. */
    REGISTER_MAP_READ_ONLY uint32_t idr;
    uint8_t reserved_2[0x4];
    /* 0x18: Bit set/reset register. */
    REGISTER_MAP_WRITE_ONLY uint32_t bsrr;
    /* 0x1c: LCKR. */
    REGISTER_MAP_READ_WRITE uint32_t lckr;
    uint8_t reserved_3[0x3e0];
};
REGISTER_MAP_ASSERT(offsetof(struct ports407_gpioa_registers, moder) == 0x0, "moder");
REGISTER_MAP_ASSERT(offsetof(struct ports407_gpioa_registers, idr) == 0x10, "idr");
REGISTER_MAP_ASSERT(offsetof(struct ports407_gpioa_registers, bsrr) == 0x18, "bsrr");
REGISTER_MAP_ASSERT(offsetof(struct ports407_gpioa_registers, lckr) == 0x1c, "lckr");
REGISTER_MAP_ASSERT(sizeof(struct ports407_gpioa_registers) == 0x400, "ports407_gpioa_registers");

#define PORTS407_GPIOA_MODER_OFFSET UINT32_C(0x00000000)
#define PORTS407_GPIOA_MODER_RESET UINT32_C(0xa8000000)
#define PORTS407_GPIOA_MODER_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_GPIOA_MODER_MODER0_SHIFT 0
#define PORTS407_GPIOA_MODER_MODER0_MASK UINT32_C(0x00000003)
#define PORTS407_GPIOA_MODER_MODER0_INPUT UINT32_C(0x00)
#define PORTS407_GPIOA_MODER_MODER0_OUTPUT UINT32_C(0x01)
#define PORTS407_GPIOA_MODER_MODER0_ALTERNATE UINT32_C(0x02)
#define PORTS407_GPIOA_MODER_MODER0_ANALOG UINT32_C(0x03)
#define PORTS407_GPIOA_MODER_MODER1_SHIFT 2
#define PORTS407_GPIOA_MODER_MODER1_MASK UINT32_C(0x0000000c)
#define PORTS407_GPIOA_MODER_MODER1_INPUT UINT32_C(0x00)
#define PORTS407_GPIOA_MODER_MODER1_OUTPUT UINT32_C(0x01)
#define PORTS407_GPIOA_MODER_MODER1_ALTERNATE UINT32_C(0x02)
#define PORTS407_GPIOA_MODER_MODER1_ANALOG UINT32_C(0x03)

#define PORTS407_GPIOA_IDR_OFFSET UINT32_C(0x00000010)
#define PORTS407_GPIOA_IDR_RESET UINT32_C(0x00000000)
#define PORTS407_GPIOA_IDR_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_GPIOA_IDR_IDR0_SHIFT 0
#define PORTS407_GPIOA_IDR_IDR0_MASK UINT32_C(0x00000001)
#define PORTS407_GPIOA_IDR_IDR1_SHIFT 1
#define PORTS407_GPIOA_IDR_IDR1_MASK UINT32_C(0x00000002)
#define PORTS407_GPIOA_IDR_IDR2_SHIFT 2
#define PORTS407_GPIOA_IDR_IDR2_MASK UINT32_C(0x00000004)
#define PORTS407_GPIOA_IDR_IDR3_SHIFT 3
#define PORTS407_GPIOA_IDR_IDR3_MASK UINT32_C(0x00000008)
#define PORTS407_GPIOA_IDR_IDR4_SHIFT 4
#define PORTS407_GPIOA_IDR_IDR4_MASK UINT32_C(0x00000010)
#define PORTS407_GPIOA_IDR_IDR5_SHIFT 5
#define PORTS407_GPIOA_IDR_IDR5_MASK UINT32_C(0x00000020)
#define PORTS407_GPIOA_IDR_IDR6_SHIFT 6
#define PORTS407_GPIOA_IDR_IDR6_MASK UINT32_C(0x00000040)
#define PORTS407_GPIOA_IDR_IDR7_SHIFT 7
#define PORTS407_GPIOA_IDR_IDR7_MASK UINT32_C(0x00000080)
#define PORTS407_GPIOA_IDR_IDR8_SHIFT 8
#define PORTS407_GPIOA_IDR_IDR8_MASK UINT32_C(0x00000100)
#define PORTS407_GPIOA_IDR_IDR9_SHIFT 9
#define PORTS407_GPIOA_IDR_IDR9_MASK UINT32_C(0x00000200)
#define PORTS407_GPIOA_IDR_IDR10_SHIFT 10
#define PORTS407_GPIOA_IDR_IDR10_MASK UINT32_C(0x00000400)
#define PORTS407_GPIOA_IDR_IDR11_SHIFT 11
#define PORTS407_GPIOA_IDR_IDR11_MASK UINT32_C(0x00000800)
#define PORTS407_GPIOA_IDR_IDR12_SHIFT 12
#define PORTS407_GPIOA_IDR_IDR12_MASK UINT32_C(0x00001000)
#define PORTS407_GPIOA_IDR_IDR13_SHIFT 13
#define PORTS407_GPIOA_IDR_IDR13_MASK UINT32_C(0x00002000)
#define PORTS407_GPIOA_IDR_IDR14_SHIFT 14
#define PORTS407_GPIOA_IDR_IDR14_MASK UINT32_C(0x00004000)
#define PORTS407_GPIOA_IDR_IDR15_SHIFT 15
#define PORTS407_GPIOA_IDR_IDR15_MASK UINT32_C(0x00008000)

#define PORTS407_GPIOA_BSRR_OFFSET UINT32_C(0x00000018)
#define PORTS407_GPIOA_BSRR_RESET UINT32_C(0x00000000)
#define PORTS407_GPIOA_BSRR_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_GPIOA_BSRR_BS0_SHIFT 0
#define PORTS407_GPIOA_BSRR_BS0_MASK UINT32_C(0x00000001)
#define PORTS407_GPIOA_BSRR_BR0_SHIFT 16
#define PORTS407_GPIOA_BSRR_BR0_MASK UINT32_C(0x00010000)

#define PORTS407_GPIOA_LCKR_OFFSET UINT32_C(0x0000001c)
#define PORTS407_GPIOA_LCKR_RESET UINT32_C(0x00000000)
#define PORTS407_GPIOA_LCKR_RESET_MASK UINT32_C(0xffffffff)

/* GPIOB: the same registers as struct ports407_gpioa_registers. */
#define PORTS407_GPIOB_BASE UINT64_C(0x40020400)

/* GPIOC: the same registers as struct ports407_gpioa_registers. */
#define PORTS407_GPIOC_BASE UINT64_C(0x40020800)

/* TIM2. */
#define PORTS407_TIM2_BASE UINT64_C(0x40000000)

union ports407_tim2_ccmr1_output_views {
    /* 0x18: capture/compare mode register 1 (output mode). */
    REGISTER_MAP_READ_WRITE uint32_t ccmr1_output;
    /* 0x18: capture/compare mode register 1 (input mode). */
    REGISTER_MAP_READ_WRITE uint32_t ccmr1_input;
};
REGISTER_MAP_ASSERT(sizeof(union ports407_tim2_ccmr1_output_views) == 0x4, "ports407_tim2_ccmr1_output_views");

/* General purpose timer. */
struct ports407_tim2_registers {
    uint8_t reserved[0x10];
    /* 0x10: status register. A zero clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t sr;
    uint8_t reserved_2[0x4];
    /* 0x18: the same place in several ways. */
    union ports407_tim2_ccmr1_output_views ccmr1_output_views;
    uint8_t reserved_3[0x18];
    /* 0x34: capture/compare register 1. */
    REGISTER_MAP_READ_WRITE uint32_t ccr1;
    /* 0x38: capture/compare register 2. */
    REGISTER_MAP_READ_WRITE uint32_t ccr2;
    /* 0x3c: capture/compare register 3. */
    REGISTER_MAP_READ_WRITE uint32_t ccr3;
    /* 0x40: capture/compare register 4. */
    REGISTER_MAP_READ_WRITE uint32_t ccr4;
    uint8_t reserved_4[0x3bc];
};
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, sr) == 0x10, "sr");
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, ccmr1_output_views) == 0x18, "ccmr1_output_views");
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, ccr1) == 0x34, "ccr1");
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, ccr2) == 0x38, "ccr2");
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, ccr3) == 0x3c, "ccr3");
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim2_registers, ccr4) == 0x40, "ccr4");
REGISTER_MAP_ASSERT(sizeof(struct ports407_tim2_registers) == 0x400, "ports407_tim2_registers");

#define PORTS407_TIM2_SR_OFFSET UINT32_C(0x00000010)
#define PORTS407_TIM2_SR_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_SR_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_TIM2_SR_UIF_SHIFT 0
#define PORTS407_TIM2_SR_UIF_MASK UINT32_C(0x00000001)
#define PORTS407_TIM2_SR_TIF_SHIFT 6
#define PORTS407_TIM2_SR_TIF_MASK UINT32_C(0x00000040)

#define PORTS407_TIM2_CCMR1_OUTPUT_OFFSET UINT32_C(0x00000018)
#define PORTS407_TIM2_CCMR1_OUTPUT_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCMR1_OUTPUT_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_TIM2_CCMR1_OUTPUT_OC1M_SHIFT 4
#define PORTS407_TIM2_CCMR1_OUTPUT_OC1M_MASK UINT32_C(0x00000070)

#define PORTS407_TIM2_CCMR1_INPUT_OFFSET UINT32_C(0x00000018)
#define PORTS407_TIM2_CCMR1_INPUT_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCMR1_INPUT_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_TIM2_CCMR1_INPUT_IC1F_SHIFT 4
#define PORTS407_TIM2_CCMR1_INPUT_IC1F_MASK UINT32_C(0x000000f0)

#define PORTS407_TIM2_CCR1_OFFSET UINT32_C(0x00000034)
#define PORTS407_TIM2_CCR1_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCR1_RESET_MASK UINT32_C(0xffffffff)
#define PORTS407_TIM2_CCR1_CCR_SHIFT 0
#define PORTS407_TIM2_CCR1_CCR_MASK UINT32_C(0x0000ffff)

#define PORTS407_TIM2_CCR2_OFFSET UINT32_C(0x00000038)
#define PORTS407_TIM2_CCR2_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCR2_RESET_MASK UINT32_C(0xffffffff)
/* Its fields are those of PORTS407_TIM2_CCR1. */

#define PORTS407_TIM2_CCR3_OFFSET UINT32_C(0x0000003c)
#define PORTS407_TIM2_CCR3_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCR3_RESET_MASK UINT32_C(0xffffffff)
/* Its fields are those of PORTS407_TIM2_CCR1. */

#define PORTS407_TIM2_CCR4_OFFSET UINT32_C(0x00000040)
#define PORTS407_TIM2_CCR4_RESET UINT32_C(0x00000000)
#define PORTS407_TIM2_CCR4_RESET_MASK UINT32_C(0xffffffff)
/* Its fields are those of PORTS407_TIM2_CCR1. */

/* TIM3. */
#define PORTS407_TIM3_BASE UINT64_C(0x40000400)

/* General purpose timer. */
struct ports407_tim3_registers {
    uint8_t reserved[0x50];
    /* 0x50: An option register that replaces the others. */
    REGISTER_MAP_READ_WRITE uint32_t or_;
    uint8_t reserved_2[0x3ac];
};
REGISTER_MAP_ASSERT(offsetof(struct ports407_tim3_registers, or_) == 0x50, "or_");
REGISTER_MAP_ASSERT(sizeof(struct ports407_tim3_registers) == 0x400, "ports407_tim3_registers");

#define PORTS407_TIM3_OR_OFFSET UINT32_C(0x00000050)
#define PORTS407_TIM3_OR_RESET UINT32_C(0x00000000)
#define PORTS407_TIM3_OR_RESET_MASK UINT32_C(0xffffffff)

#endif /* REGISTER_MAP_PORTS407_H */
