/*
 * Odd but usable.
 *
 * Generated from odd_but_usable.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_ODD_H
#define REGISTER_MAP_ODD_H

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

/* A. */
#define ODD_A_BASE UINT64_C(0x1000)

struct odd_a_registers {
    /* 0x00: NO_SIZE. */
    REGISTER_MAP_READ_WRITE uint32_t no_size;
    /* 0x04: TWENTY_FOUR. */
    REGISTER_MAP_READ_WRITE uint32_t twenty_four;
    /* 0x08: ONE_BIT. */
    REGISTER_MAP_READ_WRITE uint8_t one_bit;
    uint8_t reserved[0x7];
    /* 0x10: TWICE. */
    REGISTER_MAP_READ_WRITE uint32_t twice;
    /* 0x14: TWICE. */
    REGISTER_MAP_READ_WRITE uint32_t twice_2;
    /* 0x18: STRAY. */
    REGISTER_MAP_READ_WRITE uint32_t stray;
    /* 0x1c: BAD_ACCESS. */
    REGISTER_MAP_READ_WRITE uint32_t bad_access;
    /* 0x20: BAD_ACTIONS. A read changes it. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t bad_actions;
    /* 0x24: LARGE_RESET. */
    REGISTER_MAP_READ_WRITE uint8_t large_reset;
    uint8_t reserved_2[0x3];
    /* 0x28: FIELDS. */
    REGISTER_MAP_READ_WRITE uint32_t fields;
    uint8_t reserved_3[0x34];
};
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, no_size) == 0x0, "no_size");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, twenty_four) == 0x4, "twenty_four");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, one_bit) == 0x8, "one_bit");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, twice) == 0x10, "twice");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, twice_2) == 0x14, "twice_2");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, stray) == 0x18, "stray");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, bad_access) == 0x1c, "bad_access");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, bad_actions) == 0x20, "bad_actions");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, large_reset) == 0x24, "large_reset");
REGISTER_MAP_ASSERT(offsetof(struct odd_a_registers, fields) == 0x28, "fields");
REGISTER_MAP_ASSERT(sizeof(struct odd_a_registers) == 0x60, "odd_a_registers");

#define ODD_A_NO_SIZE_OFFSET UINT32_C(0x00000000)

#define ODD_A_TWENTY_FOUR_OFFSET UINT32_C(0x00000004)

#define ODD_A_ONE_BIT_OFFSET UINT32_C(0x00000008)

#define ODD_A_TWICE_OFFSET UINT32_C(0x00000010)

#define ODD_A_TWICE_2_OFFSET UINT32_C(0x00000014)

#define ODD_A_STRAY_OFFSET UINT32_C(0x00000018)

#define ODD_A_BAD_ACCESS_OFFSET UINT32_C(0x0000001c)

#define ODD_A_BAD_ACTIONS_OFFSET UINT32_C(0x00000020)

#define ODD_A_LARGE_RESET_OFFSET UINT32_C(0x00000024)
#define ODD_A_LARGE_RESET_RESET UINT32_C(0x34)
#define ODD_A_LARGE_RESET_RESET_MASK UINT32_C(0xff)

#define ODD_A_FIELDS_OFFSET UINT32_C(0x00000028)
#define ODD_A_FIELDS_REVERSED_SHIFT 0
#define ODD_A_FIELDS_REVERSED_MASK UINT32_C(0x0000000f)
#define ODD_A_FIELDS_OVERLAPS_SHIFT 2
#define ODD_A_FIELDS_OVERLAPS_MASK UINT32_C(0x0000001c)
#define ODD_A_FIELDS_OVERLAPS_2_SHIFT 7
#define ODD_A_FIELDS_OVERLAPS_2_MASK UINT32_C(0x00000080)
#define ODD_A_FIELDS_LEAVES0_SHIFT 8
#define ODD_A_FIELDS_LEAVES0_MASK UINT32_C(0x0000ff00)
#define ODD_A_FIELDS_LEAVES1_SHIFT 16
#define ODD_A_FIELDS_LEAVES1_MASK UINT32_C(0x00ff0000)
#define ODD_A_FIELDS_LEAVES2_SHIFT 24
#define ODD_A_FIELDS_LEAVES2_MASK UINT32_C(0xff000000)

#define ODD_A_EMPTY_OFFSET UINT32_C(0x00000060)

/* A. */
#define ODD_A_2_BASE UINT64_C(0x2000)

struct odd_a_2_registers {
    /* 0x00: R. */
    REGISTER_MAP_READ_WRITE uint32_t r;
};
REGISTER_MAP_ASSERT(offsetof(struct odd_a_2_registers, r) == 0x0, "r");
REGISTER_MAP_ASSERT(sizeof(struct odd_a_2_registers) == 0x4, "odd_a_2_registers");

#define ODD_A_2_R_OFFSET UINT32_C(0x00000000)

/* EMPTY. */
#define ODD_EMPTY_BASE UINT64_C(0x3000)

#endif /* REGISTER_MAP_ODD_H */
