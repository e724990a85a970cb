/*
 * Interrupts of a 64-bit core.
 *
 * Generated from wide_and_deep.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_FU540_H
#define REGISTER_MAP_FU540_H

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

/* riscv_clint0_0. */
#define FU540_RISCV_CLINT0_0_BASE UINT64_C(0x2000000)

/* Core-local interruptor. */
struct fu540_riscv_clint0_0_registers {
    /* 0x00: MSIP register for hart %s. */
    REGISTER_MAP_READ_WRITE uint32_t msip[5];
    uint8_t reserved[0x3fec];
    /* 0x4000: MTIMECMP register for hart %s. */
    REGISTER_MAP_READ_WRITE uint64_t mtimecmp[5];
    uint8_t reserved_2[0x7fd0];
    /* 0xbff8: MTIME register. */
    REGISTER_MAP_READ_WRITE uint64_t mtime;
    uint8_t reserved_3[0x4000];
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_riscv_clint0_0_registers, msip) == 0x0, "msip");
REGISTER_MAP_ASSERT(offsetof(struct fu540_riscv_clint0_0_registers, mtimecmp) == 0x4000, "mtimecmp");
REGISTER_MAP_ASSERT(offsetof(struct fu540_riscv_clint0_0_registers, mtime) == 0xbff8, "mtime");
REGISTER_MAP_ASSERT(sizeof(struct fu540_riscv_clint0_0_registers) == 0x10000, "fu540_riscv_clint0_0_registers");

#define FU540_RISCV_CLINT0_0_MSIP_OFFSET UINT32_C(0x00000000)
#define FU540_RISCV_CLINT0_0_MSIP_COUNT 5
#define FU540_RISCV_CLINT0_0_MSIP_STRIDE UINT32_C(0x00000004)
#define FU540_RISCV_CLINT0_0_MSIP_RESET UINT32_C(0x00000000)
#define FU540_RISCV_CLINT0_0_MSIP_RESET_MASK UINT32_C(0xffffffff)

#define FU540_RISCV_CLINT0_0_MTIMECMP_OFFSET UINT32_C(0x00004000)
#define FU540_RISCV_CLINT0_0_MTIMECMP_COUNT 5
#define FU540_RISCV_CLINT0_0_MTIMECMP_STRIDE UINT32_C(0x00000008)

#define FU540_RISCV_CLINT0_0_MTIME_OFFSET UINT32_C(0x0000bff8)
#define FU540_RISCV_CLINT0_0_MTIME_RESET UINT64_C(0x0)
#define FU540_RISCV_CLINT0_0_MTIME_RESET_MASK UINT64_C(0xffffffffffffffff)
#define FU540_RISCV_CLINT0_0_MTIME_ALL_SHIFT 0
#define FU540_RISCV_CLINT0_0_MTIME_ALL_MASK UINT64_C(0xffffffffffffffff)

/* plic. */
#define FU540_PLIC_BASE UINT64_C(0xc000000)

/* Enables of target %s. */
struct fu540_plic_target_registers {
    /* 0x00: enables. */
    REGISTER_MAP_READ_WRITE uint32_t enables[2];
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_target_registers, enables) == 0x0, "enables");
REGISTER_MAP_ASSERT(sizeof(struct fu540_plic_target_registers) == 0x8, "fu540_plic_target_registers");

#define FU540_PLIC_TARGET_ENABLES_OFFSET UINT32_C(0x00000000)
#define FU540_PLIC_TARGET_ENABLES_COUNT 2
#define FU540_PLIC_TARGET_ENABLES_STRIDE UINT32_C(0x00000004)
#define FU540_PLIC_TARGET_ENABLES_RESET UINT32_C(0x00000000)
#define FU540_PLIC_TARGET_ENABLES_RESET_MASK UINT32_C(0xffffffff)

struct fu540_plic_context_registers {
    /* 0x00: threshold. */
    REGISTER_MAP_READ_WRITE uint32_t threshold;
    /* 0x04: Claim by reading, complete by writing. A read changes something else. */
    REGISTER_MAP_READ_WRITE uint32_t claimcomplete;
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_context_registers, threshold) == 0x0, "threshold");
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_context_registers, claimcomplete) == 0x4, "claimcomplete");
REGISTER_MAP_ASSERT(sizeof(struct fu540_plic_context_registers) == 0x8, "fu540_plic_context_registers");

#define FU540_PLIC_CONTEXT_THRESHOLD_OFFSET UINT32_C(0x00000000)
#define FU540_PLIC_CONTEXT_THRESHOLD_RESET UINT32_C(0x00000000)
#define FU540_PLIC_CONTEXT_THRESHOLD_RESET_MASK UINT32_C(0xffffffff)

#define FU540_PLIC_CONTEXT_CLAIMCOMPLETE_OFFSET UINT32_C(0x00000004)
#define FU540_PLIC_CONTEXT_CLAIMCOMPLETE_RESET UINT32_C(0x00000000)
#define FU540_PLIC_CONTEXT_CLAIMCOMPLETE_RESET_MASK UINT32_C(0xffffffff)

struct fu540_plic_target_step {
    struct fu540_plic_target_registers value;
    uint8_t reserved[0x78];
};
REGISTER_MAP_ASSERT(sizeof(struct fu540_plic_target_step) == 0x80, "fu540_plic_target_step");

struct fu540_plic_context_step {
    struct fu540_plic_context_registers value;
    uint8_t reserved[0xff8];
};
REGISTER_MAP_ASSERT(sizeof(struct fu540_plic_context_step) == 0x1000, "fu540_plic_context_step");

/* Platform-level interrupt controller. */
struct fu540_plic_registers {
    uint8_t reserved[0x4];
    /* 0x04: Priority of interrupt id %s. */
    REGISTER_MAP_READ_WRITE uint32_t priority[53];
    uint8_t reserved_2[0xf28];
    /* 0x1000: pending. */
    REGISTER_MAP_READ_ONLY uint32_t pending[2];
    uint8_t reserved_3[0xff8];
    /* 0x2000: Enables of target %s. */
    struct fu540_plic_target_step target[9];
    uint8_t reserved_4[0x1fdb80];
    /* 0x200000: context. */
    struct fu540_plic_context_step context[9];
    uint8_t reserved_5[0x3df7000];
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_registers, priority) == 0x4, "priority");
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_registers, pending) == 0x1000, "pending");
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_registers, target) == 0x2000, "target");
REGISTER_MAP_ASSERT(offsetof(struct fu540_plic_registers, context) == 0x200000, "context");
REGISTER_MAP_ASSERT(sizeof(struct fu540_plic_registers) == 0x4000000, "fu540_plic_registers");

#define FU540_PLIC_PRIORITY_OFFSET UINT32_C(0x00000004)
#define FU540_PLIC_PRIORITY_COUNT 53
#define FU540_PLIC_PRIORITY_STRIDE UINT32_C(0x00000004)
#define FU540_PLIC_PRIORITY_RESET UINT32_C(0x00000000)
#define FU540_PLIC_PRIORITY_RESET_MASK UINT32_C(0xffffffff)
#define FU540_PLIC_PRIORITY_LEVEL_SHIFT 0
#define FU540_PLIC_PRIORITY_LEVEL_MASK UINT32_C(0x00000007)
#define FU540_PLIC_PRIORITY_LEVEL_NEVER UINT32_C(0x00)
#define FU540_PLIC_PRIORITY_LEVEL_P1 UINT32_C(0x01)
#define FU540_PLIC_PRIORITY_LEVEL_P7 UINT32_C(0x07)

#define FU540_PLIC_PENDING_OFFSET UINT32_C(0x00001000)
#define FU540_PLIC_PENDING_COUNT 2
#define FU540_PLIC_PENDING_STRIDE UINT32_C(0x00000004)
#define FU540_PLIC_PENDING_RESET UINT32_C(0x00000000)
#define FU540_PLIC_PENDING_RESET_MASK UINT32_C(0xffffffff)

#define FU540_PLIC_TARGET_OFFSET UINT32_C(0x00002000)
#define FU540_PLIC_TARGET_COUNT 9
#define FU540_PLIC_TARGET_STRIDE UINT32_C(0x00000080)

#define FU540_PLIC_CONTEXT_OFFSET UINT32_C(0x00200000)
#define FU540_PLIC_CONTEXT_COUNT 9
#define FU540_PLIC_CONTEXT_STRIDE UINT32_C(0x00001000)

/* nest. */
#define FU540_NEST_BASE UINT64_C(0x3000000)

struct fu540_nest_a_b_c_registers {
    /* 0x00: d. */
    REGISTER_MAP_READ_WRITE uint64_t d[2];
    /* 0x10: e. */
    REGISTER_MAP_READ_WRITE uint16_t e;
    uint8_t reserved[0x6];
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_nest_a_b_c_registers, d) == 0x0, "d");
REGISTER_MAP_ASSERT(offsetof(struct fu540_nest_a_b_c_registers, e) == 0x10, "e");
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_a_b_c_registers) == 0x18, "fu540_nest_a_b_c_registers");

#define FU540_NEST_A_B_C_D_OFFSET UINT32_C(0x00000000)
#define FU540_NEST_A_B_C_D_COUNT 2
#define FU540_NEST_A_B_C_D_STRIDE UINT32_C(0x00000008)
#define FU540_NEST_A_B_C_D_RESET UINT64_C(0x0)
#define FU540_NEST_A_B_C_D_RESET_MASK UINT64_C(0xffffffff)

#define FU540_NEST_A_B_C_E_OFFSET UINT32_C(0x00000010)
#define FU540_NEST_A_B_C_E_RESET UINT32_C(0x0000)
#define FU540_NEST_A_B_C_E_RESET_MASK UINT32_C(0xffff)

struct fu540_nest_a_b_registers {
    uint8_t reserved[0x8];
    /* 0x08: c. */
    struct fu540_nest_a_b_c_registers c;
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_nest_a_b_registers, c) == 0x8, "c");
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_a_b_registers) == 0x20, "fu540_nest_a_b_registers");

#define FU540_NEST_A_B_C_OFFSET UINT32_C(0x00000008)

struct fu540_nest_a_registers {
    uint8_t reserved[0x20];
    /* 0x20: b. */
    struct fu540_nest_a_b_registers b[3];
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_nest_a_registers, b) == 0x20, "b");
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_a_registers) == 0x80, "fu540_nest_a_registers");

#define FU540_NEST_A_B_OFFSET UINT32_C(0x00000020)
#define FU540_NEST_A_B_COUNT 3
#define FU540_NEST_A_B_STRIDE UINT32_C(0x00000020)

struct fu540_nest_a_step {
    struct fu540_nest_a_registers value;
    uint8_t reserved[0x80];
};
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_a_step) == 0x100, "fu540_nest_a_step");

struct fu540_nest_a_steps {
    struct fu540_nest_a_step most[1];
    struct fu540_nest_a_registers last;
};
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_a_steps) == 0x180, "fu540_nest_a_steps");

/* Clusters within clusters within clusters. */
struct fu540_nest_registers {
    uint8_t reserved[0x10];
    /* 0x10: a. */
    struct fu540_nest_a_steps a;
};
REGISTER_MAP_ASSERT(offsetof(struct fu540_nest_registers, a) == 0x10, "a");
REGISTER_MAP_ASSERT(sizeof(struct fu540_nest_registers) == 0x190, "fu540_nest_registers");

#define FU540_NEST_A_OFFSET UINT32_C(0x00000010)
#define FU540_NEST_A_COUNT 2
#define FU540_NEST_A_STRIDE UINT32_C(0x00000100)

#endif /* REGISTER_MAP_FU540_H */
