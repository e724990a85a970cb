/*
 * Names to trip over: `ticks`, [links], <tags>, *stars* and a |backslash.
 *
 * Generated from hard_names.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_BLOCK_H
#define REGISTER_MAP_BLOCK_H

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

/* Block. */
#define BLOCK_BASE UINT64_C(0x0)

struct block_super__registers {
    /* 0x00: crate. */
    REGISTER_MAP_READ_WRITE uint32_t crate_;
};
REGISTER_MAP_ASSERT(offsetof(struct block_super__registers, crate_) == 0x0, "crate_");
REGISTER_MAP_ASSERT(sizeof(struct block_super__registers) == 0x4, "block_super__registers");

#define BLOCK_SUPER__CRATE_OFFSET UINT32_C(0x00000000)

struct block_read_2_registers {
    /* 0x00: write. */
    REGISTER_MAP_READ_WRITE uint32_t write;
};
REGISTER_MAP_ASSERT(offsetof(struct block_read_2_registers, write) == 0x0, "write");
REGISTER_MAP_ASSERT(sizeof(struct block_read_2_registers) == 0x4, "block_read_2_registers");

#define BLOCK_READ_2_WRITE_OFFSET UINT32_C(0x00000000)

/* 1. A peripheral named as the trait. */
struct block_registers {
    /* 0x00: Def. */
    REGISTER_MAP_READ_WRITE uint32_t def;
    /* 0x04: Block. */
    REGISTER_MAP_READ_WRITE uint32_t block;
    /* 0x08: self. */
    REGISTER_MAP_READ_WRITE uint32_t self_;
    /* 0x0c: 1WIRE. */
    REGISTER_MAP_READ_WRITE uint32_t _1wire;
    /* 0x10: SYS.CTRL. */
    REGISTER_MAP_READ_WRITE uint32_t sys_ctrl;
    /* 0x14: Another name that becomes the same. */
    REGISTER_MAP_READ_WRITE uint32_t sys_ctrl_2;
    /* 0x18: SYS CTRL. */
    REGISTER_MAP_READ_WRITE uint32_t sys_ctrl_3;
    /* 0x1c: VALUES. */
    REGISTER_MAP_READ_WRITE uint32_t values;
    uint8_t reserved[0x20];
    /* 0x40: super. */
    struct block_super__registers super_;
    uint8_t reserved_2[0xc];
    /* 0x50: read. */
    struct block_read_2_registers read;
};
REGISTER_MAP_ASSERT(offsetof(struct block_registers, def) == 0x0, "def");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, block) == 0x4, "block");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, self_) == 0x8, "self_");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, _1wire) == 0xc, "_1wire");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, sys_ctrl) == 0x10, "sys_ctrl");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, sys_ctrl_2) == 0x14, "sys_ctrl_2");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, sys_ctrl_3) == 0x18, "sys_ctrl_3");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, values) == 0x1c, "values");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, super_) == 0x40, "super_");
REGISTER_MAP_ASSERT(offsetof(struct block_registers, read) == 0x50, "read");
REGISTER_MAP_ASSERT(sizeof(struct block_registers) == 0x54, "block_registers");

#define BLOCK_DEF_OFFSET UINT32_C(0x00000000)

#define BLOCK_BLOCK_OFFSET UINT32_C(0x00000004)

#define BLOCK_SELF_OFFSET UINT32_C(0x00000008)
#define BLOCK_SELF_REGISTER_SHIFT 0
#define BLOCK_SELF_REGISTER_MASK UINT32_C(0x00000001)
#define BLOCK_SELF_FIELD_SHIFT 1
#define BLOCK_SELF_FIELD_MASK UINT32_C(0x00000002)
#define BLOCK_SELF_TYPE_SHIFT 2
#define BLOCK_SELF_TYPE_MASK UINT32_C(0x00000004)

#define BLOCK__1WIRE_OFFSET UINT32_C(0x0000000c)

#define BLOCK_SYS_CTRL_OFFSET UINT32_C(0x00000010)

#define BLOCK_SYS_CTRL_2_OFFSET UINT32_C(0x00000014)

#define BLOCK_SYS_CTRL_3_OFFSET UINT32_C(0x00000018)

#define BLOCK_VALUES_OFFSET UINT32_C(0x0000001c)
#define BLOCK_VALUES_V_SHIFT 0
#define BLOCK_VALUES_V_MASK UINT32_C(0x000000ff)
#define BLOCK_VALUES_V_SET UINT32_C(0x00)
#define BLOCK_VALUES_V_CLEAR UINT32_C(0x01)
#define BLOCK_VALUES_V_SOME UINT32_C(0x02)
#define BLOCK_VALUES_V_NONE UINT32_C(0x03)
#define BLOCK_VALUES_V_X UINT32_C(0x04)
#define BLOCK_VALUES_V_V UINT32_C(0x05)
#define BLOCK_VALUES_V_SELF UINT32_C(0x06)
#define BLOCK_VALUES_V_VALUE UINT32_C(0x07)
#define BLOCK_VALUES_V_FIELD_VALUE UINT32_C(0x08)
#define BLOCK_VALUES_V_REGISTER UINT32_C(0x09)
#define BLOCK_VALUES_V_8_BITS UINT32_C(0x0a)
#define BLOCK_VALUES_V_1_8V UINT32_C(0x0b)
#define BLOCK_VALUES_V_1_8V_2 UINT32_C(0x0c)
#define BLOCK_VALUES_V_OPTION UINT32_C(0x0d)
#define BLOCK_VALUES_V_TRY_FROM_VALUE UINT32_C(0x0e)
#define BLOCK_VALUES_V_UB5_A UINT32_C(0x0f)

#define BLOCK_SUPER_OFFSET UINT32_C(0x00000040)

#define BLOCK_READ_OFFSET UINT32_C(0x00000050)

/* u32. */
#define BLOCK_U32_2_BASE UINT64_C(0x1000)

struct block_u32_2_registers {
    /* 0x00: usize. */
    REGISTER_MAP_READ_WRITE uint32_t usize;
};
REGISTER_MAP_ASSERT(offsetof(struct block_u32_2_registers, usize) == 0x0, "usize");
REGISTER_MAP_ASSERT(sizeof(struct block_u32_2_registers) == 0x4, "block_u32_2_registers");

#define BLOCK_U32_2_USIZE_OFFSET UINT32_C(0x00000000)

/* core. */
#define BLOCK_CORE_2_BASE UINT64_C(0x2000)

struct block_core_2_registers {
    /* 0x00: Core. */
    REGISTER_MAP_READ_WRITE uint32_t core;
};
REGISTER_MAP_ASSERT(offsetof(struct block_core_2_registers, core) == 0x0, "core");
REGISTER_MAP_ASSERT(sizeof(struct block_core_2_registers) == 0x4, "block_core_2_registers");

#define BLOCK_CORE_2_CORE_OFFSET UINT32_C(0x00000000)
#define BLOCK_CORE_2_CORE_CORE_SHIFT 0
#define BLOCK_CORE_2_CORE_CORE_MASK UINT32_C(0x00000001)

/* register_map. */
#define BLOCK_REGISTER_MAP_2_BASE UINT64_C(0x3000)

struct block_register_map_2_registers {
    /* 0x00: rights. */
    REGISTER_MAP_READ_WRITE uint32_t rights;
};
REGISTER_MAP_ASSERT(offsetof(struct block_register_map_2_registers, rights) == 0x0, "rights");
REGISTER_MAP_ASSERT(sizeof(struct block_register_map_2_registers) == 0x4, "block_register_map_2_registers");

#define BLOCK_REGISTER_MAP_2_RIGHTS_OFFSET UINT32_C(0x00000000)

/* X. */
#define BLOCK_X_BASE UINT64_C(0x4000)

struct block_x_x_2_registers {
    /* 0x00: X. */
    REGISTER_MAP_READ_WRITE uint32_t x;
};
REGISTER_MAP_ASSERT(offsetof(struct block_x_x_2_registers, x) == 0x0, "x");
REGISTER_MAP_ASSERT(sizeof(struct block_x_x_2_registers) == 0x4, "block_x_x_2_registers");

#define BLOCK_X_X_2_X_OFFSET UINT32_C(0x00000000)

/* One letter, as its register. */
struct block_x_registers {
    /* 0x00: X. */
    REGISTER_MAP_READ_WRITE uint32_t x;
    /* 0x04: x. */
    struct block_x_x_2_registers x_2;
};
REGISTER_MAP_ASSERT(offsetof(struct block_x_registers, x) == 0x0, "x");
REGISTER_MAP_ASSERT(offsetof(struct block_x_registers, x_2) == 0x4, "x_2");
REGISTER_MAP_ASSERT(sizeof(struct block_x_registers) == 0x8, "block_x_registers");

#define BLOCK_X_X_OFFSET UINT32_C(0x00000000)
#define BLOCK_X_X_X_SHIFT 0
#define BLOCK_X_X_X_MASK UINT32_C(0x00000001)

#define BLOCK_X_X_2_OFFSET UINT32_C(0x00000004)

/* match. */
#define BLOCK_MATCH__BASE UINT64_C(0x5000)

struct block_match__registers {
    /* 0x00: loop. */
    REGISTER_MAP_READ_WRITE uint32_t loop_;
};
REGISTER_MAP_ASSERT(offsetof(struct block_match__registers, loop_) == 0x0, "loop_");
REGISTER_MAP_ASSERT(sizeof(struct block_match__registers) == 0x4, "block_match__registers");

#define BLOCK_MATCH__LOOP_OFFSET UINT32_C(0x00000000)

/* Def. */
#define BLOCK_DEF_BASE UINT64_C(0x6000)

struct block_def_registers {
    /* 0x00: DEVICE. */
    REGISTER_MAP_READ_WRITE uint32_t device_2;
};
REGISTER_MAP_ASSERT(offsetof(struct block_def_registers, device_2) == 0x0, "device_2");
REGISTER_MAP_ASSERT(sizeof(struct block_def_registers) == 0x4, "block_def_registers");

#define BLOCK_DEF_DEVICE_2_OFFSET UINT32_C(0x00000000)

/* ReadWrite. */
#define BLOCK_READ_WRITE_BASE UINT64_C(0x7000)

struct block_read_write_registers {
    /* 0x00: ReadOnly. */
    REGISTER_MAP_READ_WRITE uint32_t read_only;
};
REGISTER_MAP_ASSERT(offsetof(struct block_read_write_registers, read_only) == 0x0, "read_only");
REGISTER_MAP_ASSERT(sizeof(struct block_read_write_registers) == 0x4, "block_read_write_registers");

#define BLOCK_READ_WRITE_READ_ONLY_OFFSET UINT32_C(0x00000000)

#endif /* REGISTER_MAP_BLOCK_H */
