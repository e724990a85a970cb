/*
 * 32-bit RISC-V MCU.
 *
 * Generated from fields_with_rights.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_E32_C3_H
#define REGISTER_MAP_E32_C3_H

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

/* APB_CTRL. */
#define E32_C3_APB_CTRL_BASE UINT64_C(0x60026000)

struct e32_c3_apb_ctrl_registers {
    /* 0x00: Raw interrupts [read-only], see <INT_ST>. */
    REGISTER_MAP_READ_ONLY uint32_t int_raw;
    /* 0x04: INT_CLR. */
    REGISTER_MAP_WRITE_ONLY uint32_t int_clr;
    /* 0x08: CONF. A read clears it. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t conf;
    /* 0x0c: ANY. Any write clears it. */
    REGISTER_MAP_READ_WRITE uint32_t any;
    /* 0x10: A plain field beside one that any write sets. */
    REGISTER_MAP_READ_WRITE uint32_t mixed;
    /* 0x14: TOGGLE. A one turns its bit over. */
    REGISTER_MAP_READ_WRITE uint32_t toggle;
    /* 0x18: SETTER. A one sets its bit. */
    REGISTER_MAP_READ_WRITE uint32_t setter;
    /* 0x1c: LOWSET. A zero sets its bit. */
    REGISTER_MAP_READ_WRITE uint32_t lowset;
    /* 0x20: LOWTOGGLE. A zero turns its bit over. */
    REGISTER_MAP_WRITE_ONLY uint32_t lowtoggle;
    /* 0x24: ALLSET. Any write sets it. */
    REGISTER_MAP_READ_WRITE uint32_t allset;
    /* 0x28: Read-only, but a field says otherwise. */
    REGISTER_MAP_READ_WRITE uint32_t odd;
    uint8_t reserved[0x14];
    /* 0x40: Configuration of channel %s. */
    REGISTER_MAP_READ_WRITE uint32_t ch_conf[8];
    uint8_t reserved_2[0x40];
    /* 0xa0: DATE. */
    REGISTER_MAP_READ_WRITE uint32_t date;
};
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, int_raw) == 0x0, "int_raw");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, int_clr) == 0x4, "int_clr");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, conf) == 0x8, "conf");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, any) == 0xc, "any");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, mixed) == 0x10, "mixed");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, toggle) == 0x14, "toggle");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, setter) == 0x18, "setter");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, lowset) == 0x1c, "lowset");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, lowtoggle) == 0x20, "lowtoggle");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, allset) == 0x24, "allset");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, odd) == 0x28, "odd");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, ch_conf) == 0x40, "ch_conf");
REGISTER_MAP_ASSERT(offsetof(struct e32_c3_apb_ctrl_registers, date) == 0xa0, "date");
REGISTER_MAP_ASSERT(sizeof(struct e32_c3_apb_ctrl_registers) == 0xa4, "e32_c3_apb_ctrl_registers");

#define E32_C3_APB_CTRL_INT_RAW_OFFSET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_INT_RAW_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_INT_RAW_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_INT_RAW_DONE_INT_RAW_SHIFT 0
#define E32_C3_APB_CTRL_INT_RAW_DONE_INT_RAW_MASK UINT32_C(0x00000001)
#define E32_C3_APB_CTRL_INT_RAW_ERR_INT_RAW_SHIFT 1
#define E32_C3_APB_CTRL_INT_RAW_ERR_INT_RAW_MASK UINT32_C(0x00000002)

#define E32_C3_APB_CTRL_INT_CLR_OFFSET UINT32_C(0x00000004)
#define E32_C3_APB_CTRL_INT_CLR_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_INT_CLR_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_INT_CLR_DONE_INT_CLR_SHIFT 0
#define E32_C3_APB_CTRL_INT_CLR_DONE_INT_CLR_MASK UINT32_C(0x00000001)
#define E32_C3_APB_CTRL_INT_CLR_ERR_INT_CLR_SHIFT 1
#define E32_C3_APB_CTRL_INT_CLR_ERR_INT_CLR_MASK UINT32_C(0x00000002)

#define E32_C3_APB_CTRL_CONF_OFFSET UINT32_C(0x00000008)
#define E32_C3_APB_CTRL_CONF_RESET UINT32_C(0x0000000c)
#define E32_C3_APB_CTRL_CONF_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_CONF_EN_SHIFT 0
#define E32_C3_APB_CTRL_CONF_EN_MASK UINT32_C(0x00000001)
#define E32_C3_APB_CTRL_CONF_BUSY_SHIFT 1
#define E32_C3_APB_CTRL_CONF_BUSY_MASK UINT32_C(0x00000002)
#define E32_C3_APB_CTRL_CONF_RST_SHIFT 2
#define E32_C3_APB_CTRL_CONF_RST_MASK UINT32_C(0x00000004)
#define E32_C3_APB_CTRL_CONF_OVF_SHIFT 3
#define E32_C3_APB_CTRL_CONF_OVF_MASK UINT32_C(0x00000008)
#define E32_C3_APB_CTRL_CONF_CNT_SHIFT 8
#define E32_C3_APB_CTRL_CONF_CNT_MASK UINT32_C(0x0000ff00)

#define E32_C3_APB_CTRL_ANY_OFFSET UINT32_C(0x0000000c)
#define E32_C3_APB_CTRL_ANY_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_ANY_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_ANY_ALL_SHIFT 0
#define E32_C3_APB_CTRL_ANY_ALL_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_MIXED_OFFSET UINT32_C(0x00000010)
#define E32_C3_APB_CTRL_MIXED_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_MIXED_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_MIXED_LATCH_SHIFT 0
#define E32_C3_APB_CTRL_MIXED_LATCH_MASK UINT32_C(0x00000001)
#define E32_C3_APB_CTRL_MIXED_LEVEL_SHIFT 4
#define E32_C3_APB_CTRL_MIXED_LEVEL_MASK UINT32_C(0x000003f0)

#define E32_C3_APB_CTRL_TOGGLE_OFFSET UINT32_C(0x00000014)
#define E32_C3_APB_CTRL_TOGGLE_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_TOGGLE_RESET_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_SETTER_OFFSET UINT32_C(0x00000018)
#define E32_C3_APB_CTRL_SETTER_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_SETTER_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_SETTER_BITS_SHIFT 0
#define E32_C3_APB_CTRL_SETTER_BITS_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_LOWSET_OFFSET UINT32_C(0x0000001c)
#define E32_C3_APB_CTRL_LOWSET_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_LOWSET_RESET_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_LOWTOGGLE_OFFSET UINT32_C(0x00000020)
#define E32_C3_APB_CTRL_LOWTOGGLE_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_LOWTOGGLE_RESET_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_ALLSET_OFFSET UINT32_C(0x00000024)
#define E32_C3_APB_CTRL_ALLSET_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_ALLSET_RESET_MASK UINT32_C(0xffffffff)

#define E32_C3_APB_CTRL_ODD_OFFSET UINT32_C(0x00000028)
#define E32_C3_APB_CTRL_ODD_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_ODD_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_ODD_KICK_SHIFT 0
#define E32_C3_APB_CTRL_ODD_KICK_MASK UINT32_C(0x00000001)

#define E32_C3_APB_CTRL_CH_CONF_OFFSET UINT32_C(0x00000040)
#define E32_C3_APB_CTRL_CH_CONF_COUNT 8
#define E32_C3_APB_CTRL_CH_CONF_STRIDE UINT32_C(0x00000004)
#define E32_C3_APB_CTRL_CH_CONF_RESET UINT32_C(0x00000000)
#define E32_C3_APB_CTRL_CH_CONF_RESET_MASK UINT32_C(0xffffffff)
#define E32_C3_APB_CTRL_CH_CONF_DUTY0_SHIFT 0
#define E32_C3_APB_CTRL_CH_CONF_DUTY0_MASK UINT32_C(0x0000003f)
#define E32_C3_APB_CTRL_CH_CONF_DUTY1_SHIFT 8
#define E32_C3_APB_CTRL_CH_CONF_DUTY1_MASK UINT32_C(0x00003f00)
#define E32_C3_APB_CTRL_CH_CONF_DUTY2_SHIFT 16
#define E32_C3_APB_CTRL_CH_CONF_DUTY2_MASK UINT32_C(0x003f0000)
#define E32_C3_APB_CTRL_CH_CONF_DUTY3_SHIFT 24
#define E32_C3_APB_CTRL_CH_CONF_DUTY3_MASK UINT32_C(0x3f000000)

#define E32_C3_APB_CTRL_DATE_OFFSET UINT32_C(0x000000a0)
#define E32_C3_APB_CTRL_DATE_RESET UINT32_C(0x02007210)
#define E32_C3_APB_CTRL_DATE_RESET_MASK UINT32_C(0xffffffff)

#endif /* REGISTER_MAP_E32_C3_H */
