/*
 * Unions of widths.
 *
 * Generated from widths_and_unions.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_K22_H
#define REGISTER_MAP_K22_H

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

/* CRC. */
#define K22_CRC_BASE UINT64_C(0x40032000)

struct k22_crc_datalu_view {
    uint8_t reserved[0x1];
    REGISTER_MAP_READ_WRITE uint8_t datalu;
};
REGISTER_MAP_ASSERT(offsetof(struct k22_crc_datalu_view, datalu) == 0x1, "datalu");

struct k22_crc_datah_view {
    uint8_t reserved[0x2];
    REGISTER_MAP_READ_WRITE uint16_t datah;
};
REGISTER_MAP_ASSERT(offsetof(struct k22_crc_datah_view, datah) == 0x2, "datah");

union k22_crc_data_views {
    /* 0x00: CRC Data register. */
    REGISTER_MAP_READ_WRITE uint32_t data;
    /* 0x00: CRC_DATAL register. */
    REGISTER_MAP_READ_WRITE uint16_t datal;
    /* 0x00: CRC_DATALL register. */
    REGISTER_MAP_READ_WRITE uint8_t datall;
    /* 0x01: DATALU. */
    struct k22_crc_datalu_view datalu;
    /* 0x02: DATAH. */
    struct k22_crc_datah_view datah;
};
REGISTER_MAP_ASSERT(sizeof(union k22_crc_data_views) == 0x4, "k22_crc_data_views");

/* Cyclic Redundancy Check. */
struct k22_crc_registers {
    /* 0x00: the same place in several ways. */
    union k22_crc_data_views data_views;
    uint8_t reserved[0x4];
    /* 0x08: CRC Control register. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl;
};
REGISTER_MAP_ASSERT(offsetof(struct k22_crc_registers, data_views) == 0x0, "data_views");
REGISTER_MAP_ASSERT(offsetof(struct k22_crc_registers, ctrl) == 0x8, "ctrl");
REGISTER_MAP_ASSERT(sizeof(struct k22_crc_registers) == 0xc, "k22_crc_registers");

#define K22_CRC_DATA_OFFSET UINT32_C(0x00000000)
#define K22_CRC_DATA_RESET UINT32_C(0xffffffff)
#define K22_CRC_DATA_RESET_MASK UINT32_C(0xffffffff)
#define K22_CRC_DATA_LL_SHIFT 0
#define K22_CRC_DATA_LL_MASK UINT32_C(0x000000ff)
#define K22_CRC_DATA_HU_SHIFT 24
#define K22_CRC_DATA_HU_MASK UINT32_C(0xff000000)

#define K22_CRC_DATAL_OFFSET UINT32_C(0x00000000)
#define K22_CRC_DATAL_RESET UINT32_C(0xffff)
#define K22_CRC_DATAL_RESET_MASK UINT32_C(0xffff)
#define K22_CRC_DATAL_DATAL_SHIFT 0
#define K22_CRC_DATAL_DATAL_MASK UINT32_C(0xffff)

#define K22_CRC_DATALL_OFFSET UINT32_C(0x00000000)
#define K22_CRC_DATALL_RESET UINT32_C(0xff)
#define K22_CRC_DATALL_RESET_MASK UINT32_C(0xff)
#define K22_CRC_DATALL_DATALL_SHIFT 0
#define K22_CRC_DATALL_DATALL_MASK UINT32_C(0xff)

#define K22_CRC_DATALU_OFFSET UINT32_C(0x00000001)

#define K22_CRC_DATAH_OFFSET UINT32_C(0x00000002)

#define K22_CRC_CTRL_OFFSET UINT32_C(0x00000008)
#define K22_CRC_CTRL_TCRC_SHIFT 24
#define K22_CRC_CTRL_TCRC_MASK UINT32_C(0x01000000)
#define K22_CRC_CTRL_TCRC_0 UINT32_C(0x00)
#define K22_CRC_CTRL_TCRC_1 UINT32_C(0x01)
#define K22_CRC_CTRL_TOT_SHIFT 30
#define K22_CRC_CTRL_TOT_MASK UINT32_C(0xc0000000)
#define K22_CRC_CTRL_TOT_00 UINT32_C(0x00)
#define K22_CRC_CTRL_TOT_01 UINT32_C(0x01)
#define K22_CRC_CTRL_TOT_10 UINT32_C(0x02)
#define K22_CRC_CTRL_TOT_11 UINT32_C(0x03)

/* UART0. */
#define K22_UART0_BASE UINT64_C(0x4006a000)

/* Serial Communication Interface. */
struct k22_uart0_registers {
    /* 0x00: BDH. */
    REGISTER_MAP_READ_WRITE uint8_t bdh;
    uint8_t reserved[0x3];
    /* 0x04: UART Status Register 1. */
    REGISTER_MAP_READ_ONLY uint8_t s1;
    uint8_t reserved_2[0x2];
    /* 0x07: UART Data Register: a read takes from the receiver. A read changes it. */
    REGISTER_MAP_READ_WRITE uint8_t d;
    /* 0x08: MA. */
    REGISTER_MAP_READ_WRITE uint8_t ma[4];
    uint8_t reserved_3[0x6];
    /* 0x12: SFIFO. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint8_t sfifo;
};
REGISTER_MAP_ASSERT(offsetof(struct k22_uart0_registers, bdh) == 0x0, "bdh");
REGISTER_MAP_ASSERT(offsetof(struct k22_uart0_registers, s1) == 0x4, "s1");
REGISTER_MAP_ASSERT(offsetof(struct k22_uart0_registers, d) == 0x7, "d");
REGISTER_MAP_ASSERT(offsetof(struct k22_uart0_registers, ma) == 0x8, "ma");
REGISTER_MAP_ASSERT(offsetof(struct k22_uart0_registers, sfifo) == 0x12, "sfifo");
REGISTER_MAP_ASSERT(sizeof(struct k22_uart0_registers) == 0x13, "k22_uart0_registers");

#define K22_UART0_BDH_OFFSET UINT32_C(0x00000000)
#define K22_UART0_BDH_SBR_SHIFT 0
#define K22_UART0_BDH_SBR_MASK UINT32_C(0x1f)

#define K22_UART0_S1_OFFSET UINT32_C(0x00000004)
#define K22_UART0_S1_RESET UINT32_C(0xc0)
#define K22_UART0_S1_RESET_MASK UINT32_C(0xff)
#define K22_UART0_S1_PF_SHIFT 0
#define K22_UART0_S1_PF_MASK UINT32_C(0x01)
#define K22_UART0_S1_TDRE_SHIFT 7
#define K22_UART0_S1_TDRE_MASK UINT32_C(0x80)

#define K22_UART0_D_OFFSET UINT32_C(0x00000007)

#define K22_UART0_MA_OFFSET UINT32_C(0x00000008)
#define K22_UART0_MA_COUNT 4
#define K22_UART0_MA_STRIDE UINT32_C(0x00000001)

#define K22_UART0_SFIFO_OFFSET UINT32_C(0x00000012)
#define K22_UART0_SFIFO_RESET UINT32_C(0xc0)
#define K22_UART0_SFIFO_RESET_MASK UINT32_C(0xff)
#define K22_UART0_SFIFO_RXUF_SHIFT 0
#define K22_UART0_SFIFO_RXUF_MASK UINT32_C(0x01)
#define K22_UART0_SFIFO_RXEMPT_SHIFT 6
#define K22_UART0_SFIFO_RXEMPT_MASK UINT32_C(0x40)

#endif /* REGISTER_MAP_K22_H */
