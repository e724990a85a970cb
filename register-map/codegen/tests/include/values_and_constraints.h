/*
 * Values and constraints.
 *
 * Generated from values_and_constraints.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_XMC_H
#define REGISTER_MAP_XMC_H

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

/* SCU. */
#define XMC_SCU_BASE UINT64_C(0x50004000)

struct xmc_scu_registers {
    /* 0x00: CLK. */
    REGISTER_MAP_READ_WRITE uint32_t clk;
    /* 0x04: OTHER. */
    REGISTER_MAP_READ_WRITE uint32_t other;
    /* 0x08: WORD. */
    REGISTER_MAP_READ_WRITE uint64_t word;
    /* 0x10: EMPTY. */
    REGISTER_MAP_READ_WRITE uint32_t empty;
    /* 0x14: BACKWARDS. */
    REGISTER_MAP_READ_WRITE uint32_t backwards;
};
REGISTER_MAP_ASSERT(offsetof(struct xmc_scu_registers, clk) == 0x0, "clk");
REGISTER_MAP_ASSERT(offsetof(struct xmc_scu_registers, other) == 0x4, "other");
REGISTER_MAP_ASSERT(offsetof(struct xmc_scu_registers, word) == 0x8, "word");
REGISTER_MAP_ASSERT(offsetof(struct xmc_scu_registers, empty) == 0x10, "empty");
REGISTER_MAP_ASSERT(offsetof(struct xmc_scu_registers, backwards) == 0x14, "backwards");
REGISTER_MAP_ASSERT(sizeof(struct xmc_scu_registers) == 0x18, "xmc_scu_registers");

#define XMC_SCU_CLK_OFFSET UINT32_C(0x00000000)
#define XMC_SCU_CLK_RESET UINT32_C(0x00000000)
#define XMC_SCU_CLK_RESET_MASK UINT32_C(0xffffffff)
#define XMC_SCU_CLK_SEL_SHIFT 0
#define XMC_SCU_CLK_SEL_MASK UINT32_C(0x00000003)
#define XMC_SCU_CLK_SEL_VALUE1 UINT32_C(0x00)
#define XMC_SCU_CLK_SEL_VALUE2_2 UINT32_C(0x02)
#define XMC_SCU_CLK_SEL_VALUE2_3 UINT32_C(0x03)
#define XMC_SCU_CLK_DIV_SHIFT 4
#define XMC_SCU_CLK_DIV_MASK UINT32_C(0x00000ff0)
#define XMC_SCU_CLK_MODE_SHIFT 12
#define XMC_SCU_CLK_MODE_MASK UINT32_C(0x0000f000)
#define XMC_SCU_CLK_MODE_LOW_0 UINT32_C(0x00)
#define XMC_SCU_CLK_MODE_LOW_1 UINT32_C(0x01)
#define XMC_SCU_CLK_MODE_LOW_4 UINT32_C(0x04)
#define XMC_SCU_CLK_MODE_LOW_5 UINT32_C(0x05)
#define XMC_SCU_CLK_MODE_HIGH UINT32_C(0x08)
#define XMC_SCU_CLK_WIDE_SHIFT 16
#define XMC_SCU_CLK_WIDE_MASK UINT32_C(0xffff0000)

#define XMC_SCU_OTHER_OFFSET UINT32_C(0x00000004)
#define XMC_SCU_OTHER_RESET UINT32_C(0x00000000)
#define XMC_SCU_OTHER_RESET_MASK UINT32_C(0xffffffff)
#define XMC_SCU_OTHER_SEL_SHIFT 0
#define XMC_SCU_OTHER_SEL_MASK UINT32_C(0x00000003)
#define XMC_SCU_OTHER_SEL_VALUE1 UINT32_C(0x00)
#define XMC_SCU_OTHER_SEL_VALUE2_2 UINT32_C(0x02)
#define XMC_SCU_OTHER_SEL_VALUE2_3 UINT32_C(0x03)
#define XMC_SCU_OTHER_SEL2_SHIFT 2
#define XMC_SCU_OTHER_SEL2_MASK UINT32_C(0x0000000c)
#define XMC_SCU_OTHER_SEL2_VALUE1 UINT32_C(0x00)
#define XMC_SCU_OTHER_SEL2_VALUE2_2 UINT32_C(0x02)
#define XMC_SCU_OTHER_SEL2_VALUE2_3 UINT32_C(0x03)
#define XMC_SCU_OTHER_SEL3_SHIFT 4
#define XMC_SCU_OTHER_SEL3_MASK UINT32_C(0x00000030)
#define XMC_SCU_OTHER_SEL3_VALUE1 UINT32_C(0x00)
#define XMC_SCU_OTHER_SEL3_VALUE2_2 UINT32_C(0x02)
#define XMC_SCU_OTHER_SEL3_VALUE2_3 UINT32_C(0x03)
#define XMC_SCU_OTHER_SEL4_SHIFT 6
#define XMC_SCU_OTHER_SEL4_MASK UINT32_C(0x000000c0)
#define XMC_SCU_OTHER_SAME_SHIFT 8
#define XMC_SCU_OTHER_SAME_MASK UINT32_C(0x00000300)
#define XMC_SCU_OTHER_SAME_ON UINT32_C(0x01)
#define XMC_SCU_OTHER_SAME_ON_2 UINT32_C(0x02)
#define XMC_SCU_OTHER_SAME_ON_3 UINT32_C(0x03)

#define XMC_SCU_WORD_OFFSET UINT32_C(0x00000008)
#define XMC_SCU_WORD_RESET UINT64_C(0x123456789abcdef0)
#define XMC_SCU_WORD_RESET_MASK UINT64_C(0xffffffffffffffff)
#define XMC_SCU_WORD_ALL_SHIFT 0
#define XMC_SCU_WORD_ALL_MASK UINT64_C(0xffffffffffffffff)
#define XMC_SCU_WORD_ALL_LAST UINT64_C(0xffffffffffffffff)

#define XMC_SCU_EMPTY_OFFSET UINT32_C(0x00000010)
#define XMC_SCU_EMPTY_RESET UINT32_C(0x00000000)
#define XMC_SCU_EMPTY_RESET_MASK UINT32_C(0xffffffff)

#define XMC_SCU_BACKWARDS_OFFSET UINT32_C(0x00000014)
#define XMC_SCU_BACKWARDS_RESET UINT32_C(0x00000000)
#define XMC_SCU_BACKWARDS_RESET_MASK UINT32_C(0xffffffff)

#endif /* REGISTER_MAP_XMC_H */
