/*
 * Lists and arrays.
 *
 * Generated from lists_and_arrays.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_RA6_H
#define REGISTER_MAP_RA6_H

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

/* SCI0. */
#define RA6_SCI0_BASE UINT64_C(0x40070000)

/* The RX queue. */
struct ra6_sci0_fifo_registers {
    /* 0x00: LEVEL. */
    REGISTER_MAP_READ_WRITE uint8_t level;
    uint8_t reserved[0x3];
    /* 0x04: DATA. */
    REGISTER_MAP_READ_WRITE uint32_t data;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_fifo_registers, level) == 0x0, "level");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_fifo_registers, data) == 0x4, "data");
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_fifo_registers) == 0x8, "ra6_sci0_fifo_registers");

#define RA6_SCI0_FIFO_LEVEL_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_FIFO_LEVEL_RESET UINT32_C(0x00)
#define RA6_SCI0_FIFO_LEVEL_RESET_MASK UINT32_C(0xff)
#define RA6_SCI0_FIFO_LEVEL_COUNT_SHIFT 0
#define RA6_SCI0_FIFO_LEVEL_COUNT_MASK UINT32_C(0x1f)

#define RA6_SCI0_FIFO_DATA_OFFSET UINT32_C(0x00000004)
#define RA6_SCI0_FIFO_DATA_RESET UINT32_C(0x00000000)
#define RA6_SCI0_FIFO_DATA_RESET_MASK UINT32_C(0x000000ff)

/* Groups that reach into one another. */
struct ra6_sci0_woven_registers {
    /* 0x00: LOW. */
    REGISTER_MAP_READ_WRITE uint32_t low;
    uint8_t reserved[0x3c];
    /* 0x40: HIGH. */
    REGISTER_MAP_READ_WRITE uint32_t high;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_woven_registers, low) == 0x0, "low");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_woven_registers, high) == 0x40, "high");
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_woven_registers) == 0x44, "ra6_sci0_woven_registers");

#define RA6_SCI0_WOVEN_LOW_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_WOVEN_LOW_RESET UINT32_C(0x00000000)
#define RA6_SCI0_WOVEN_LOW_RESET_MASK UINT32_C(0x000000ff)

#define RA6_SCI0_WOVEN_HIGH_OFFSET UINT32_C(0x00000040)
#define RA6_SCI0_WOVEN_HIGH_RESET UINT32_C(0x00000000)
#define RA6_SCI0_WOVEN_HIGH_RESET_MASK UINT32_C(0x000000ff)

/* The same place seen in one mode. */
struct ra6_sci0_mode_a_registers {
    /* 0x00: CTRL. */
    REGISTER_MAP_READ_WRITE uint8_t ctrl;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_mode_a_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_mode_a_registers) == 0x1, "ra6_sci0_mode_a_registers");

#define RA6_SCI0_MODE_A_CTRL_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_MODE_A_CTRL_RESET UINT32_C(0x00)
#define RA6_SCI0_MODE_A_CTRL_RESET_MASK UINT32_C(0xff)

/* and in another. */
struct ra6_sci0_mode_b_registers {
    /* 0x00: CTRL. */
    REGISTER_MAP_READ_WRITE uint16_t ctrl;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_mode_b_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_mode_b_registers) == 0x2, "ra6_sci0_mode_b_registers");

#define RA6_SCI0_MODE_B_CTRL_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_MODE_B_CTRL_RESET UINT32_C(0x0000)
#define RA6_SCI0_MODE_B_CTRL_RESET_MASK UINT32_C(0x00ff)

union ra6_sci0_rbr_views {
    /* 0x00: Receive buffer. A read changes it. */
    REGISTER_MAP_READ_ONLY uint8_t rbr;
    /* 0x00: Transmit holding. */
    REGISTER_MAP_WRITE_ONLY uint8_t thr;
};
REGISTER_MAP_ASSERT(sizeof(union ra6_sci0_rbr_views) == 0x1, "ra6_sci0_rbr_views");

union ra6_sci0_iir_views {
    /* 0x01: IIR. */
    REGISTER_MAP_READ_ONLY uint8_t iir;
    /* 0x01: Shares its place with IIR, which nobody says. */
    REGISTER_MAP_WRITE_ONLY uint8_t fcr;
};
REGISTER_MAP_ASSERT(sizeof(union ra6_sci0_iir_views) == 0x1, "ra6_sci0_iir_views");

union ra6_sci0_lcr_views {
    /* 0x02: LCR. */
    REGISTER_MAP_READ_WRITE uint8_t lcr;
    /* 0x02: Overlaps without a word. */
    REGISTER_MAP_READ_WRITE uint8_t lcr_mirror;
};
REGISTER_MAP_ASSERT(sizeof(union ra6_sci0_lcr_views) == 0x1, "ra6_sci0_lcr_views");

struct ra6_sci0_even_step {
    REGISTER_MAP_READ_WRITE uint32_t value;
    uint8_t reserved[0x4];
};
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_even_step) == 0x8, "ra6_sci0_even_step");

struct ra6_sci0_even_steps {
    struct ra6_sci0_even_step most[3];
    REGISTER_MAP_READ_WRITE uint32_t last;
};
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_even_steps) == 0x1c, "ra6_sci0_even_steps");

struct ra6_sci0_odd_step {
    REGISTER_MAP_READ_WRITE uint32_t value;
    uint8_t reserved[0x4];
};
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_odd_step) == 0x8, "ra6_sci0_odd_step");

struct ra6_sci0_odd_steps {
    struct ra6_sci0_odd_step most[3];
    REGISTER_MAP_READ_WRITE uint32_t last;
};
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_odd_steps) == 0x1c, "ra6_sci0_odd_steps");

struct ra6_sci0_odd_view {
    uint8_t reserved[0x4];
    struct ra6_sci0_odd_steps odd;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_odd_view, odd) == 0x4, "odd");

union ra6_sci0_even_views {
    /* 0x40: Every other word. */
    struct ra6_sci0_even_steps even;
    /* 0x44: The words between. */
    struct ra6_sci0_odd_view odd;
};
REGISTER_MAP_ASSERT(sizeof(union ra6_sci0_even_views) == 0x20, "ra6_sci0_even_views");

union ra6_sci0_mode_b_views {
    /* 0x200: and in another. */
    struct ra6_sci0_mode_b_registers mode_b;
    /* 0x200: The same place seen in one mode. */
    struct ra6_sci0_mode_a_registers mode_a;
};
REGISTER_MAP_ASSERT(sizeof(union ra6_sci0_mode_b_views) == 0x2, "ra6_sci0_mode_b_views");

/* WOVEN is left out: its elements interleave. */
struct ra6_sci0_registers {
    /* 0x00: the same place in several ways. */
    union ra6_sci0_rbr_views rbr_views;
    /* 0x01: the same place in several ways. */
    union ra6_sci0_iir_views iir_views;
    /* 0x02: the same place in several ways. */
    union ra6_sci0_lcr_views lcr_views;
    uint8_t reserved[0x1];
    /* 0x04: Timer I/O control A. */
    REGISTER_MAP_READ_WRITE uint16_t tiora;
    uint8_t reserved_2[0x2];
    /* 0x08: Timer I/O control B. */
    REGISTER_MAP_READ_WRITE uint16_t tiorb;
    uint8_t reserved_3[0x2];
    /* 0x0c: Timer I/O control C. */
    REGISTER_MAP_READ_WRITE uint16_t tiorc;
    uint8_t reserved_4[0x2];
    /* 0x10: Timer I/O control D. */
    REGISTER_MAP_READ_WRITE uint16_t tiord;
    uint8_t reserved_5[0xe];
    /* 0x20: AXIS_x_OUT. */
    REGISTER_MAP_READ_WRITE uint16_t axis_x_out;
    /* 0x22: AXIS_y_OUT. */
    REGISTER_MAP_READ_WRITE uint16_t axis_y_out;
    /* 0x24: AXIS_z_OUT. */
    REGISTER_MAP_READ_WRITE uint16_t axis_z_out;
    uint8_t reserved_6[0x1a];
    /* 0x40: the same place in several ways. */
    union ra6_sci0_even_views even_views;
    /* 0x60: LATE. */
    REGISTER_MAP_READ_WRITE uint8_t late[3];
    uint8_t reserved_7[0x1];
    /* 0x64: NUM5. */
    REGISTER_MAP_READ_WRITE uint8_t num5;
    /* 0x65: NUM6. */
    REGISTER_MAP_READ_WRITE uint8_t num6;
    /* 0x66: NUM7. */
    REGISTER_MAP_READ_WRITE uint8_t num7;
    uint8_t reserved_8[0x1];
    /* 0x68: ONE. */
    REGISTER_MAP_READ_WRITE uint8_t one[1];
    /* 0x69: An array without a placeholder. */
    REGISTER_MAP_READ_WRITE uint8_t plain[2];
    uint8_t reserved_9[0x1];
    /* 0x6c: MISCOUNT. */
    REGISTER_MAP_READ_WRITE uint8_t miscount[2];
    uint8_t reserved_10[0x2];
    /* 0x70: element. */
    REGISTER_MAP_READ_WRITE uint8_t element[4];
    /* 0x74: NAMED. */
    REGISTER_MAP_READ_WRITE uint8_t named[2];
    uint8_t reserved_11[0xa];
    /* 0x80: The RX queue. */
    struct ra6_sci0_fifo_registers fifo_rx;
    uint8_t reserved_12[0x8];
    /* 0x90: The TX queue. */
    struct ra6_sci0_fifo_registers fifo_tx;
    uint8_t reserved_13[0x168];
    /* 0x200: the same place in several ways. */
    union ra6_sci0_mode_b_views mode_b_views;
    uint8_t reserved_14[0x2];
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, rbr_views) == 0x0, "rbr_views");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, iir_views) == 0x1, "iir_views");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, lcr_views) == 0x2, "lcr_views");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, tiora) == 0x4, "tiora");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, tiorb) == 0x8, "tiorb");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, tiorc) == 0xc, "tiorc");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, tiord) == 0x10, "tiord");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, axis_x_out) == 0x20, "axis_x_out");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, axis_y_out) == 0x22, "axis_y_out");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, axis_z_out) == 0x24, "axis_z_out");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, even_views) == 0x40, "even_views");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, late) == 0x60, "late");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, num5) == 0x64, "num5");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, num6) == 0x65, "num6");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, num7) == 0x66, "num7");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, one) == 0x68, "one");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, plain) == 0x69, "plain");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, miscount) == 0x6c, "miscount");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, element) == 0x70, "element");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, named) == 0x74, "named");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, fifo_rx) == 0x80, "fifo_rx");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, fifo_tx) == 0x90, "fifo_tx");
REGISTER_MAP_ASSERT(offsetof(struct ra6_sci0_registers, mode_b_views) == 0x200, "mode_b_views");
REGISTER_MAP_ASSERT(sizeof(struct ra6_sci0_registers) == 0x204, "ra6_sci0_registers");

#define RA6_SCI0_RBR_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_RBR_RESET UINT32_C(0x00)
#define RA6_SCI0_RBR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_THR_OFFSET UINT32_C(0x00000000)
#define RA6_SCI0_THR_RESET UINT32_C(0x00)
#define RA6_SCI0_THR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_IIR_OFFSET UINT32_C(0x00000001)
#define RA6_SCI0_IIR_RESET UINT32_C(0x00)
#define RA6_SCI0_IIR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_FCR_OFFSET UINT32_C(0x00000001)
#define RA6_SCI0_FCR_RESET UINT32_C(0x00)
#define RA6_SCI0_FCR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_LCR_OFFSET UINT32_C(0x00000002)
#define RA6_SCI0_LCR_RESET UINT32_C(0x00)
#define RA6_SCI0_LCR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_LCR_MIRROR_OFFSET UINT32_C(0x00000002)
#define RA6_SCI0_LCR_MIRROR_RESET UINT32_C(0x00)
#define RA6_SCI0_LCR_MIRROR_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_TIORA_OFFSET UINT32_C(0x00000004)
#define RA6_SCI0_TIORA_RESET UINT32_C(0x0000)
#define RA6_SCI0_TIORA_RESET_MASK UINT32_C(0x00ff)
#define RA6_SCI0_TIORA_IOA_SHIFT 0
#define RA6_SCI0_TIORA_IOA_MASK UINT32_C(0x000f)

#define RA6_SCI0_TIORB_OFFSET UINT32_C(0x00000008)
#define RA6_SCI0_TIORB_RESET UINT32_C(0x0000)
#define RA6_SCI0_TIORB_RESET_MASK UINT32_C(0x00ff)
/* Its fields are those of RA6_SCI0_TIORA. */

#define RA6_SCI0_TIORC_OFFSET UINT32_C(0x0000000c)
#define RA6_SCI0_TIORC_RESET UINT32_C(0x0000)
#define RA6_SCI0_TIORC_RESET_MASK UINT32_C(0x00ff)
/* Its fields are those of RA6_SCI0_TIORA. */

#define RA6_SCI0_TIORD_OFFSET UINT32_C(0x00000010)
#define RA6_SCI0_TIORD_RESET UINT32_C(0x0000)
#define RA6_SCI0_TIORD_RESET_MASK UINT32_C(0x00ff)
/* Its fields are those of RA6_SCI0_TIORA. */

#define RA6_SCI0_AXIS_X_OUT_OFFSET UINT32_C(0x00000020)
#define RA6_SCI0_AXIS_X_OUT_RESET UINT32_C(0x0000)
#define RA6_SCI0_AXIS_X_OUT_RESET_MASK UINT32_C(0x00ff)

#define RA6_SCI0_AXIS_Y_OUT_OFFSET UINT32_C(0x00000022)
#define RA6_SCI0_AXIS_Y_OUT_RESET UINT32_C(0x0000)
#define RA6_SCI0_AXIS_Y_OUT_RESET_MASK UINT32_C(0x00ff)

#define RA6_SCI0_AXIS_Z_OUT_OFFSET UINT32_C(0x00000024)
#define RA6_SCI0_AXIS_Z_OUT_RESET UINT32_C(0x0000)
#define RA6_SCI0_AXIS_Z_OUT_RESET_MASK UINT32_C(0x00ff)

#define RA6_SCI0_EVEN_OFFSET UINT32_C(0x00000040)
#define RA6_SCI0_EVEN_COUNT 4
#define RA6_SCI0_EVEN_STRIDE UINT32_C(0x00000008)
#define RA6_SCI0_EVEN_RESET UINT32_C(0x00000000)
#define RA6_SCI0_EVEN_RESET_MASK UINT32_C(0x000000ff)

#define RA6_SCI0_ODD_OFFSET UINT32_C(0x00000044)
#define RA6_SCI0_ODD_COUNT 4
#define RA6_SCI0_ODD_STRIDE UINT32_C(0x00000008)
#define RA6_SCI0_ODD_RESET UINT32_C(0x00000000)
#define RA6_SCI0_ODD_RESET_MASK UINT32_C(0x000000ff)

#define RA6_SCI0_LATE_OFFSET UINT32_C(0x00000060)
#define RA6_SCI0_LATE_COUNT 3
#define RA6_SCI0_LATE_STRIDE UINT32_C(0x00000001)
#define RA6_SCI0_LATE_RESET UINT32_C(0x00)
#define RA6_SCI0_LATE_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_NUM5_OFFSET UINT32_C(0x00000064)
#define RA6_SCI0_NUM5_RESET UINT32_C(0x00)
#define RA6_SCI0_NUM5_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_NUM6_OFFSET UINT32_C(0x00000065)
#define RA6_SCI0_NUM6_RESET UINT32_C(0x00)
#define RA6_SCI0_NUM6_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_NUM7_OFFSET UINT32_C(0x00000066)
#define RA6_SCI0_NUM7_RESET UINT32_C(0x00)
#define RA6_SCI0_NUM7_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_ONE_OFFSET UINT32_C(0x00000068)
#define RA6_SCI0_ONE_COUNT 1
#define RA6_SCI0_ONE_STRIDE UINT32_C(0x00000000)
#define RA6_SCI0_ONE_RESET UINT32_C(0x00)
#define RA6_SCI0_ONE_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_PLAIN_OFFSET UINT32_C(0x00000069)
#define RA6_SCI0_PLAIN_COUNT 2
#define RA6_SCI0_PLAIN_STRIDE UINT32_C(0x00000001)
#define RA6_SCI0_PLAIN_RESET UINT32_C(0x00)
#define RA6_SCI0_PLAIN_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_MISCOUNT_OFFSET UINT32_C(0x0000006c)
#define RA6_SCI0_MISCOUNT_COUNT 2
#define RA6_SCI0_MISCOUNT_STRIDE UINT32_C(0x00000001)
#define RA6_SCI0_MISCOUNT_RESET UINT32_C(0x00)
#define RA6_SCI0_MISCOUNT_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_ELEMENT_OFFSET UINT32_C(0x00000070)
#define RA6_SCI0_ELEMENT_COUNT 4
#define RA6_SCI0_ELEMENT_STRIDE UINT32_C(0x00000001)
#define RA6_SCI0_ELEMENT_RESET UINT32_C(0x00)
#define RA6_SCI0_ELEMENT_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_NAMED_OFFSET UINT32_C(0x00000074)
#define RA6_SCI0_NAMED_COUNT 2
#define RA6_SCI0_NAMED_STRIDE UINT32_C(0x00000001)
#define RA6_SCI0_NAMED_RESET UINT32_C(0x00)
#define RA6_SCI0_NAMED_RESET_MASK UINT32_C(0xff)

#define RA6_SCI0_FIFO_RX_OFFSET UINT32_C(0x00000080)

#define RA6_SCI0_FIFO_TX_OFFSET UINT32_C(0x00000090)

#define RA6_SCI0_WOVEN_OFFSET UINT32_C(0x00000100)
#define RA6_SCI0_WOVEN_COUNT 4
#define RA6_SCI0_WOVEN_STRIDE UINT32_C(0x00000004)

#define RA6_SCI0_MODE_A_OFFSET UINT32_C(0x00000200)

#define RA6_SCI0_MODE_B_OFFSET UINT32_C(0x00000200)

/* PORT0. */
#define RA6_PORT0_BASE UINT64_C(0x40080000)

/* Port 0. */
struct ra6_port0_registers {
    /* 0x00: PDR. */
    REGISTER_MAP_READ_WRITE uint8_t pdr;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_port0_registers, pdr) == 0x0, "pdr");
REGISTER_MAP_ASSERT(sizeof(struct ra6_port0_registers) == 0x1, "ra6_port0_registers");

#define RA6_PORT0_PDR_OFFSET UINT32_C(0x00000000)
#define RA6_PORT0_PDR_RESET UINT32_C(0x00)
#define RA6_PORT0_PDR_RESET_MASK UINT32_C(0xff)
#define RA6_PORT0_PDR_P0_SHIFT 0
#define RA6_PORT0_PDR_P0_MASK UINT32_C(0x01)
#define RA6_PORT0_PDR_P1_SHIFT 1
#define RA6_PORT0_PDR_P1_MASK UINT32_C(0x02)
#define RA6_PORT0_PDR_P2_SHIFT 2
#define RA6_PORT0_PDR_P2_MASK UINT32_C(0x04)
#define RA6_PORT0_PDR_P3_SHIFT 3
#define RA6_PORT0_PDR_P3_MASK UINT32_C(0x08)
#define RA6_PORT0_PDR_P4_SHIFT 4
#define RA6_PORT0_PDR_P4_MASK UINT32_C(0x10)
#define RA6_PORT0_PDR_P5_SHIFT 5
#define RA6_PORT0_PDR_P5_MASK UINT32_C(0x20)
#define RA6_PORT0_PDR_P6_SHIFT 6
#define RA6_PORT0_PDR_P6_MASK UINT32_C(0x40)
#define RA6_PORT0_PDR_P7_SHIFT 7
#define RA6_PORT0_PDR_P7_MASK UINT32_C(0x80)

/* PORT1: the same registers as struct ra6_port0_registers. */
#define RA6_PORT1_BASE UINT64_C(0x40080100)

/* PORT2: the same registers as struct ra6_port0_registers. */
#define RA6_PORT2_BASE UINT64_C(0x40080200)

/* TIMER0. */
#define RA6_TIMER0_BASE UINT64_C(0x40090000)

struct ra6_timer0_registers {
    /* 0x00: CNT. */
    REGISTER_MAP_READ_WRITE uint32_t cnt;
};
REGISTER_MAP_ASSERT(offsetof(struct ra6_timer0_registers, cnt) == 0x0, "cnt");
REGISTER_MAP_ASSERT(sizeof(struct ra6_timer0_registers) == 0x4, "ra6_timer0_registers");

#define RA6_TIMER0_CNT_OFFSET UINT32_C(0x00000000)
#define RA6_TIMER0_CNT_RESET UINT32_C(0x00000000)
#define RA6_TIMER0_CNT_RESET_MASK UINT32_C(0x000000ff)

/* TIMER1: the same registers as struct ra6_timer0_registers. */
#define RA6_TIMER1_BASE UINT64_C(0x40091000)

#endif /* REGISTER_MAP_RA6_H */
