/*
 * Derived everywhere.
 *
 * Generated from derived_everywhere.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_PSOC_H
#define REGISTER_MAP_PSOC_H

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

/* BASE. */
#define PSOC_BASE_BASE UINT64_C(0x1000)

struct psoc_base_group_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_WRITE_ONLY uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_group_inner_registers) == 0x2, "psoc_base_group_inner_registers");

#define PSOC_BASE_GROUP_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUP_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_base_group_registers {
    /* 0x00: A. */
    REGISTER_MAP_WRITE_ONLY uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_base_group_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_group_registers) == 0x6, "psoc_base_group_registers");

#define PSOC_BASE_GROUP_A_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUP_A_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUP_B_OFFSET UINT32_C(0x00000002)
#define PSOC_BASE_GROUP_B_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUP_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_base_group2_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_WRITE_ONLY uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group2_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_group2_inner_registers) == 0x2, "psoc_base_group2_inner_registers");

#define PSOC_BASE_GROUP2_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUP2_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP2_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_base_group2_registers {
    /* 0x00: A. */
    REGISTER_MAP_WRITE_ONLY uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_base_group2_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group2_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group2_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_group2_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_group2_registers) == 0x6, "psoc_base_group2_registers");

#define PSOC_BASE_GROUP2_A_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUP2_A_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP2_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUP2_B_OFFSET UINT32_C(0x00000002)
#define PSOC_BASE_GROUP2_B_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUP2_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUP2_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_base_groups_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_READ_WRITE uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_groups_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_groups_inner_registers) == 0x2, "psoc_base_groups_inner_registers");

#define PSOC_BASE_GROUPS_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUPS_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUPS_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_base_groups_registers {
    /* 0x00: A. */
    REGISTER_MAP_READ_WRITE uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_base_groups_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_groups_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_groups_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_groups_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_groups_registers) == 0x6, "psoc_base_groups_registers");

#define PSOC_BASE_GROUPS_A_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_GROUPS_A_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUPS_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUPS_B_OFFSET UINT32_C(0x00000002)
#define PSOC_BASE_GROUPS_B_RESET UINT32_C(0x0011)
#define PSOC_BASE_GROUPS_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_BASE_GROUPS_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_base_groups_step {
    struct psoc_base_groups_registers value;
    uint8_t reserved[0xa];
};
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_groups_step) == 0x10, "psoc_base_groups_step");

struct psoc_base_registers {
    /* 0x00: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl;
    /* 0x04: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl2;
    /* 0x08: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl3;
    /* 0x0c: Own fields replace the others. */
    REGISTER_MAP_READ_WRITE uint32_t own;
    /* 0x10: GROUP. */
    struct psoc_base_group_registers group;
    uint8_t reserved[0xa];
    /* 0x20: GROUP2. */
    struct psoc_base_group2_registers group2;
    uint8_t reserved_2[0xa];
    /* 0x30: GROUPS. */
    struct psoc_base_groups_step groups[2];
    uint8_t reserved_3[0x30];
    /* 0x80: ARR. */
    REGISTER_MAP_READ_WRITE uint32_t arr[4];
    /* 0x90: SINGLE. */
    REGISTER_MAP_READ_WRITE uint32_t single;
    uint8_t reserved_4[0xc];
    /* 0xa0: An array because its name says so. */
    REGISTER_MAP_READ_WRITE uint32_t arr2[4];
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, ctrl2) == 0x4, "ctrl2");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, ctrl3) == 0x8, "ctrl3");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, own) == 0xc, "own");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, group) == 0x10, "group");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, group2) == 0x20, "group2");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, groups) == 0x30, "groups");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, arr) == 0x80, "arr");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, single) == 0x90, "single");
REGISTER_MAP_ASSERT(offsetof(struct psoc_base_registers, arr2) == 0xa0, "arr2");
REGISTER_MAP_ASSERT(sizeof(struct psoc_base_registers) == 0xb0, "psoc_base_registers");

#define PSOC_BASE_CTRL_OFFSET UINT32_C(0x00000000)
#define PSOC_BASE_CTRL_RESET UINT32_C(0x00000011)
#define PSOC_BASE_CTRL_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_BASE_CTRL_EN_SHIFT 0
#define PSOC_BASE_CTRL_EN_MASK UINT32_C(0x00000001)
#define PSOC_BASE_CTRL_EN_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL_EN_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL_EN2_SHIFT 1
#define PSOC_BASE_CTRL_EN2_MASK UINT32_C(0x00000002)
#define PSOC_BASE_CTRL_EN2_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL_EN2_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL_EN3_SHIFT 2
#define PSOC_BASE_CTRL_EN3_MASK UINT32_C(0x00000004)
#define PSOC_BASE_CTRL_EN3_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL_EN3_ON UINT32_C(0x01)

#define PSOC_BASE_CTRL2_OFFSET UINT32_C(0x00000004)
#define PSOC_BASE_CTRL2_RESET UINT32_C(0x00000022)
#define PSOC_BASE_CTRL2_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_BASE_CTRL2_EN_SHIFT 0
#define PSOC_BASE_CTRL2_EN_MASK UINT32_C(0x00000001)
#define PSOC_BASE_CTRL2_EN_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL2_EN_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL2_EN2_SHIFT 1
#define PSOC_BASE_CTRL2_EN2_MASK UINT32_C(0x00000002)
#define PSOC_BASE_CTRL2_EN2_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL2_EN2_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL2_EN3_SHIFT 2
#define PSOC_BASE_CTRL2_EN3_MASK UINT32_C(0x00000004)
#define PSOC_BASE_CTRL2_EN3_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL2_EN3_ON UINT32_C(0x01)

#define PSOC_BASE_CTRL3_OFFSET UINT32_C(0x00000008)
#define PSOC_BASE_CTRL3_RESET UINT32_C(0x00000022)
#define PSOC_BASE_CTRL3_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_BASE_CTRL3_EN_SHIFT 0
#define PSOC_BASE_CTRL3_EN_MASK UINT32_C(0x00000001)
#define PSOC_BASE_CTRL3_EN_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL3_EN_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL3_EN2_SHIFT 1
#define PSOC_BASE_CTRL3_EN2_MASK UINT32_C(0x00000002)
#define PSOC_BASE_CTRL3_EN2_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL3_EN2_ON UINT32_C(0x01)
#define PSOC_BASE_CTRL3_EN3_SHIFT 2
#define PSOC_BASE_CTRL3_EN3_MASK UINT32_C(0x00000004)
#define PSOC_BASE_CTRL3_EN3_OFF UINT32_C(0x00)
#define PSOC_BASE_CTRL3_EN3_ON UINT32_C(0x01)

#define PSOC_BASE_OWN_OFFSET UINT32_C(0x0000000c)
#define PSOC_BASE_OWN_RESET UINT32_C(0x00000011)
#define PSOC_BASE_OWN_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_BASE_OWN_E_SHIFT 7
#define PSOC_BASE_OWN_E_MASK UINT32_C(0x00000080)
#define PSOC_BASE_OWN_E_OFF UINT32_C(0x00)
#define PSOC_BASE_OWN_E_ON UINT32_C(0x01)

#define PSOC_BASE_ARR_OFFSET UINT32_C(0x00000080)
#define PSOC_BASE_ARR_COUNT 4
#define PSOC_BASE_ARR_STRIDE UINT32_C(0x00000004)
#define PSOC_BASE_ARR_RESET UINT32_C(0x00000011)
#define PSOC_BASE_ARR_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_BASE_SINGLE_OFFSET UINT32_C(0x00000090)
#define PSOC_BASE_SINGLE_RESET UINT32_C(0x00000011)
#define PSOC_BASE_SINGLE_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_BASE_ARR2_OFFSET UINT32_C(0x000000a0)
#define PSOC_BASE_ARR2_COUNT 4
#define PSOC_BASE_ARR2_STRIDE UINT32_C(0x00000004)
#define PSOC_BASE_ARR2_RESET UINT32_C(0x00000011)
#define PSOC_BASE_ARR2_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_BASE_GROUP_OFFSET UINT32_C(0x00000010)

#define PSOC_BASE_GROUP2_OFFSET UINT32_C(0x00000020)

#define PSOC_BASE_GROUPS_OFFSET UINT32_C(0x00000030)
#define PSOC_BASE_GROUPS_COUNT 2
#define PSOC_BASE_GROUPS_STRIDE UINT32_C(0x00000010)

/* COPY: the same registers as struct psoc_base_registers. */
#define PSOC_COPY_BASE UINT64_C(0x2000)

/* READS. */
#define PSOC_READS_BASE UINT64_C(0x3000)

struct psoc_reads_group_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_WRITE_ONLY uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_group_inner_registers) == 0x2, "psoc_reads_group_inner_registers");

#define PSOC_READS_GROUP_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUP_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_reads_group_registers {
    /* 0x00: A. */
    REGISTER_MAP_WRITE_ONLY uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_reads_group_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_group_registers) == 0x6, "psoc_reads_group_registers");

#define PSOC_READS_GROUP_A_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUP_A_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUP_B_OFFSET UINT32_C(0x00000002)
#define PSOC_READS_GROUP_B_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUP_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_reads_group2_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_WRITE_ONLY uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group2_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_group2_inner_registers) == 0x2, "psoc_reads_group2_inner_registers");

#define PSOC_READS_GROUP2_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUP2_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP2_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_reads_group2_registers {
    /* 0x00: A. */
    REGISTER_MAP_WRITE_ONLY uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_reads_group2_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group2_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group2_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_group2_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_group2_registers) == 0x6, "psoc_reads_group2_registers");

#define PSOC_READS_GROUP2_A_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUP2_A_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP2_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUP2_B_OFFSET UINT32_C(0x00000002)
#define PSOC_READS_GROUP2_B_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUP2_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUP2_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_reads_groups_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_READ_WRITE uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_groups_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_groups_inner_registers) == 0x2, "psoc_reads_groups_inner_registers");

#define PSOC_READS_GROUPS_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUPS_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUPS_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_reads_groups_registers {
    /* 0x00: A. */
    REGISTER_MAP_READ_WRITE uint16_t a;
    /* 0x02: B. */
    REGISTER_MAP_READ_ONLY uint16_t b;
    /* 0x04: INNER. */
    struct psoc_reads_groups_inner_registers inner;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_groups_registers, a) == 0x0, "a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_groups_registers, b) == 0x2, "b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_groups_registers, inner) == 0x4, "inner");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_groups_registers) == 0x6, "psoc_reads_groups_registers");

#define PSOC_READS_GROUPS_A_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_GROUPS_A_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUPS_A_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUPS_B_OFFSET UINT32_C(0x00000002)
#define PSOC_READS_GROUPS_B_RESET UINT32_C(0x0011)
#define PSOC_READS_GROUPS_B_RESET_MASK UINT32_C(0x00ff)

#define PSOC_READS_GROUPS_INNER_OFFSET UINT32_C(0x00000004)

struct psoc_reads_groups_step {
    struct psoc_reads_groups_registers value;
    uint8_t reserved[0xa];
};
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_groups_step) == 0x10, "psoc_reads_groups_step");

/* The same registers, read only. */
struct psoc_reads_registers {
    /* 0x00: Control. */
    REGISTER_MAP_READ_ONLY uint32_t ctrl;
    /* 0x04: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl2;
    /* 0x08: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl3;
    /* 0x0c: Own fields replace the others. */
    REGISTER_MAP_READ_WRITE uint32_t own;
    /* 0x10: GROUP. */
    struct psoc_reads_group_registers group;
    uint8_t reserved[0xa];
    /* 0x20: GROUP2. */
    struct psoc_reads_group2_registers group2;
    uint8_t reserved_2[0xa];
    /* 0x30: GROUPS. */
    struct psoc_reads_groups_step groups[2];
    uint8_t reserved_3[0x30];
    /* 0x80: ARR. */
    REGISTER_MAP_READ_ONLY uint32_t arr[4];
    /* 0x90: SINGLE. */
    REGISTER_MAP_READ_WRITE uint32_t single;
    uint8_t reserved_4[0xc];
    /* 0xa0: An array because its name says so. */
    REGISTER_MAP_READ_WRITE uint32_t arr2[4];
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, ctrl2) == 0x4, "ctrl2");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, ctrl3) == 0x8, "ctrl3");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, own) == 0xc, "own");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, group) == 0x10, "group");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, group2) == 0x20, "group2");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, groups) == 0x30, "groups");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, arr) == 0x80, "arr");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, single) == 0x90, "single");
REGISTER_MAP_ASSERT(offsetof(struct psoc_reads_registers, arr2) == 0xa0, "arr2");
REGISTER_MAP_ASSERT(sizeof(struct psoc_reads_registers) == 0xb0, "psoc_reads_registers");

#define PSOC_READS_CTRL_OFFSET UINT32_C(0x00000000)
#define PSOC_READS_CTRL_RESET UINT32_C(0x00000011)
#define PSOC_READS_CTRL_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_READS_CTRL_EN_SHIFT 0
#define PSOC_READS_CTRL_EN_MASK UINT32_C(0x00000001)
#define PSOC_READS_CTRL_EN_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL_EN_ON UINT32_C(0x01)
#define PSOC_READS_CTRL_EN2_SHIFT 1
#define PSOC_READS_CTRL_EN2_MASK UINT32_C(0x00000002)
#define PSOC_READS_CTRL_EN2_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL_EN2_ON UINT32_C(0x01)
#define PSOC_READS_CTRL_EN3_SHIFT 2
#define PSOC_READS_CTRL_EN3_MASK UINT32_C(0x00000004)
#define PSOC_READS_CTRL_EN3_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL_EN3_ON UINT32_C(0x01)

#define PSOC_READS_CTRL2_OFFSET UINT32_C(0x00000004)
#define PSOC_READS_CTRL2_RESET UINT32_C(0x00000022)
#define PSOC_READS_CTRL2_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_READS_CTRL2_EN_SHIFT 0
#define PSOC_READS_CTRL2_EN_MASK UINT32_C(0x00000001)
#define PSOC_READS_CTRL2_EN_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL2_EN_ON UINT32_C(0x01)
#define PSOC_READS_CTRL2_EN2_SHIFT 1
#define PSOC_READS_CTRL2_EN2_MASK UINT32_C(0x00000002)
#define PSOC_READS_CTRL2_EN2_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL2_EN2_ON UINT32_C(0x01)
#define PSOC_READS_CTRL2_EN3_SHIFT 2
#define PSOC_READS_CTRL2_EN3_MASK UINT32_C(0x00000004)
#define PSOC_READS_CTRL2_EN3_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL2_EN3_ON UINT32_C(0x01)

#define PSOC_READS_CTRL3_OFFSET UINT32_C(0x00000008)
#define PSOC_READS_CTRL3_RESET UINT32_C(0x00000022)
#define PSOC_READS_CTRL3_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_READS_CTRL3_EN_SHIFT 0
#define PSOC_READS_CTRL3_EN_MASK UINT32_C(0x00000001)
#define PSOC_READS_CTRL3_EN_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL3_EN_ON UINT32_C(0x01)
#define PSOC_READS_CTRL3_EN2_SHIFT 1
#define PSOC_READS_CTRL3_EN2_MASK UINT32_C(0x00000002)
#define PSOC_READS_CTRL3_EN2_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL3_EN2_ON UINT32_C(0x01)
#define PSOC_READS_CTRL3_EN3_SHIFT 2
#define PSOC_READS_CTRL3_EN3_MASK UINT32_C(0x00000004)
#define PSOC_READS_CTRL3_EN3_OFF UINT32_C(0x00)
#define PSOC_READS_CTRL3_EN3_ON UINT32_C(0x01)

#define PSOC_READS_OWN_OFFSET UINT32_C(0x0000000c)
#define PSOC_READS_OWN_RESET UINT32_C(0x00000011)
#define PSOC_READS_OWN_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_READS_OWN_E_SHIFT 7
#define PSOC_READS_OWN_E_MASK UINT32_C(0x00000080)
#define PSOC_READS_OWN_E_OFF UINT32_C(0x00)
#define PSOC_READS_OWN_E_ON UINT32_C(0x01)

#define PSOC_READS_ARR_OFFSET UINT32_C(0x00000080)
#define PSOC_READS_ARR_COUNT 4
#define PSOC_READS_ARR_STRIDE UINT32_C(0x00000004)
#define PSOC_READS_ARR_RESET UINT32_C(0x00000011)
#define PSOC_READS_ARR_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_READS_SINGLE_OFFSET UINT32_C(0x00000090)
#define PSOC_READS_SINGLE_RESET UINT32_C(0x00000011)
#define PSOC_READS_SINGLE_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_READS_ARR2_OFFSET UINT32_C(0x000000a0)
#define PSOC_READS_ARR2_COUNT 4
#define PSOC_READS_ARR2_STRIDE UINT32_C(0x00000004)
#define PSOC_READS_ARR2_RESET UINT32_C(0x00000011)
#define PSOC_READS_ARR2_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_READS_GROUP_OFFSET UINT32_C(0x00000010)

#define PSOC_READS_GROUP2_OFFSET UINT32_C(0x00000020)

#define PSOC_READS_GROUPS_OFFSET UINT32_C(0x00000030)
#define PSOC_READS_GROUPS_COUNT 2
#define PSOC_READS_GROUPS_STRIDE UINT32_C(0x00000010)

/* OTHER. */
#define PSOC_OTHER_BASE UINT64_C(0x4000)

struct psoc_other_inner_registers {
    /* 0x00: C. */
    REGISTER_MAP_WRITE_ONLY uint16_t c;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_inner_registers, c) == 0x0, "c");
REGISTER_MAP_ASSERT(sizeof(struct psoc_other_inner_registers) == 0x2, "psoc_other_inner_registers");

#define PSOC_OTHER_INNER_C_OFFSET UINT32_C(0x00000000)
#define PSOC_OTHER_INNER_C_RESET UINT32_C(0x0011)
#define PSOC_OTHER_INNER_C_RESET_MASK UINT32_C(0x00ff)

struct psoc_other_registers {
    /* 0x00: Control. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl;
    /* 0x04: With the size and access of its origin. */
    REGISTER_MAP_WRITE_ONLY uint16_t from_group;
    uint8_t reserved[0x2];
    /* 0x08: Control. */
    REGISTER_MAP_READ_WRITE uint32_t from_copy;
    uint8_t reserved_2[0x4];
    /* 0x10: INNER. */
    struct psoc_other_inner_registers inner;
    uint8_t reserved_3[0xe];
    /* 0x20: Read-only, as the device says. */
    REGISTER_MAP_READ_ONLY uint32_t plain;
    /* 0x24: ORPHAN. */
    REGISTER_MAP_READ_ONLY uint32_t orphan;
    /* 0x28: LOOP_A. */
    REGISTER_MAP_READ_ONLY uint32_t loop_a;
    /* 0x2c: LOOP_B. */
    REGISTER_MAP_READ_ONLY uint32_t loop_b;
    /* 0x30: SELF. */
    REGISTER_MAP_READ_ONLY uint32_t self_;
};
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, from_group) == 0x4, "from_group");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, from_copy) == 0x8, "from_copy");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, inner) == 0x10, "inner");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, plain) == 0x20, "plain");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, orphan) == 0x24, "orphan");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, loop_a) == 0x28, "loop_a");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, loop_b) == 0x2c, "loop_b");
REGISTER_MAP_ASSERT(offsetof(struct psoc_other_registers, self_) == 0x30, "self_");
REGISTER_MAP_ASSERT(sizeof(struct psoc_other_registers) == 0x34, "psoc_other_registers");

#define PSOC_OTHER_CTRL_OFFSET UINT32_C(0x00000000)
#define PSOC_OTHER_CTRL_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_CTRL_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_OTHER_CTRL_EN_SHIFT 0
#define PSOC_OTHER_CTRL_EN_MASK UINT32_C(0x00000001)
#define PSOC_OTHER_CTRL_EN_OFF UINT32_C(0x00)
#define PSOC_OTHER_CTRL_EN_ON UINT32_C(0x01)
#define PSOC_OTHER_CTRL_EN2_SHIFT 1
#define PSOC_OTHER_CTRL_EN2_MASK UINT32_C(0x00000002)
#define PSOC_OTHER_CTRL_EN2_OFF UINT32_C(0x00)
#define PSOC_OTHER_CTRL_EN2_ON UINT32_C(0x01)
#define PSOC_OTHER_CTRL_EN3_SHIFT 2
#define PSOC_OTHER_CTRL_EN3_MASK UINT32_C(0x00000004)
#define PSOC_OTHER_CTRL_EN3_OFF UINT32_C(0x00)
#define PSOC_OTHER_CTRL_EN3_ON UINT32_C(0x01)

#define PSOC_OTHER_FROM_GROUP_OFFSET UINT32_C(0x00000004)
#define PSOC_OTHER_FROM_GROUP_RESET UINT32_C(0x0011)
#define PSOC_OTHER_FROM_GROUP_RESET_MASK UINT32_C(0x00ff)

#define PSOC_OTHER_FROM_COPY_OFFSET UINT32_C(0x00000008)
#define PSOC_OTHER_FROM_COPY_RESET UINT32_C(0x00000022)
#define PSOC_OTHER_FROM_COPY_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_OTHER_FROM_COPY_EN_SHIFT 0
#define PSOC_OTHER_FROM_COPY_EN_MASK UINT32_C(0x00000001)
#define PSOC_OTHER_FROM_COPY_EN_OFF UINT32_C(0x00)
#define PSOC_OTHER_FROM_COPY_EN_ON UINT32_C(0x01)
#define PSOC_OTHER_FROM_COPY_EN2_SHIFT 1
#define PSOC_OTHER_FROM_COPY_EN2_MASK UINT32_C(0x00000002)
#define PSOC_OTHER_FROM_COPY_EN2_OFF UINT32_C(0x00)
#define PSOC_OTHER_FROM_COPY_EN2_ON UINT32_C(0x01)
#define PSOC_OTHER_FROM_COPY_EN3_SHIFT 2
#define PSOC_OTHER_FROM_COPY_EN3_MASK UINT32_C(0x00000004)
#define PSOC_OTHER_FROM_COPY_EN3_OFF UINT32_C(0x00)
#define PSOC_OTHER_FROM_COPY_EN3_ON UINT32_C(0x01)

#define PSOC_OTHER_PLAIN_OFFSET UINT32_C(0x00000020)
#define PSOC_OTHER_PLAIN_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_PLAIN_RESET_MASK UINT32_C(0x000000ff)
#define PSOC_OTHER_PLAIN_INHERITS_ITS_PLACE_SHIFT 0
#define PSOC_OTHER_PLAIN_INHERITS_ITS_PLACE_MASK UINT32_C(0x00000001)
#define PSOC_OTHER_PLAIN_INHERITS_ITS_PLACE_OFF UINT32_C(0x00)
#define PSOC_OTHER_PLAIN_INHERITS_ITS_PLACE_ON UINT32_C(0x01)
#define PSOC_OTHER_PLAIN_F_SHIFT 3
#define PSOC_OTHER_PLAIN_F_MASK UINT32_C(0x00000008)
#define PSOC_OTHER_PLAIN_F_OFF UINT32_C(0x00)
#define PSOC_OTHER_PLAIN_F_ON UINT32_C(0x01)
#define PSOC_OTHER_PLAIN_G_SHIFT 4
#define PSOC_OTHER_PLAIN_G_MASK UINT32_C(0x00000030)
#define PSOC_OTHER_PLAIN_G_OFF UINT32_C(0x00)
#define PSOC_OTHER_PLAIN_G_ON UINT32_C(0x01)

#define PSOC_OTHER_ORPHAN_OFFSET UINT32_C(0x00000024)
#define PSOC_OTHER_ORPHAN_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_ORPHAN_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_OTHER_LOOP_A_OFFSET UINT32_C(0x00000028)
#define PSOC_OTHER_LOOP_A_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_LOOP_A_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_OTHER_LOOP_B_OFFSET UINT32_C(0x0000002c)
#define PSOC_OTHER_LOOP_B_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_LOOP_B_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_OTHER_SELF_OFFSET UINT32_C(0x00000030)
#define PSOC_OTHER_SELF_RESET UINT32_C(0x00000011)
#define PSOC_OTHER_SELF_RESET_MASK UINT32_C(0x000000ff)

#define PSOC_OTHER_INNER_OFFSET UINT32_C(0x00000010)

#endif /* REGISTER_MAP_PSOC_H */
