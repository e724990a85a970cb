/*
 * radio840: a controller with tasks and events.
 *
 * Generated from tasks_and_events.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_RADIO840_H
#define REGISTER_MAP_RADIO840_H

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

/* SPIM0. */
#define RADIO840_SPIM0_BASE UINT64_C(0x40003000)

/* Unspecified. */
struct radio840_spim0_psel_registers {
    /* 0x00: Pin select for SCK. */
    REGISTER_MAP_READ_WRITE uint32_t sck;
    /* 0x04: Pin select for MOSI. */
    REGISTER_MAP_READ_WRITE uint32_t mosi;
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_psel_registers, sck) == 0x0, "sck");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_psel_registers, mosi) == 0x4, "mosi");
REGISTER_MAP_ASSERT(sizeof(struct radio840_spim0_psel_registers) == 0x8, "radio840_spim0_psel_registers");

#define RADIO840_SPIM0_PSEL_SCK_OFFSET UINT32_C(0x00000000)
#define RADIO840_SPIM0_PSEL_SCK_RESET UINT32_C(0xffffffff)
#define RADIO840_SPIM0_PSEL_SCK_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_PSEL_SCK_PIN_SHIFT 0
#define RADIO840_SPIM0_PSEL_SCK_PIN_MASK UINT32_C(0x0000001f)
#define RADIO840_SPIM0_PSEL_SCK_CONNECT_SHIFT 31
#define RADIO840_SPIM0_PSEL_SCK_CONNECT_MASK UINT32_C(0x80000000)
#define RADIO840_SPIM0_PSEL_SCK_CONNECT_DISCONNECTED UINT32_C(0x01)
#define RADIO840_SPIM0_PSEL_SCK_CONNECT_CONNECTED UINT32_C(0x00)

#define RADIO840_SPIM0_PSEL_MOSI_OFFSET UINT32_C(0x00000004)
#define RADIO840_SPIM0_PSEL_MOSI_RESET UINT32_C(0xffffffff)
#define RADIO840_SPIM0_PSEL_MOSI_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_PSEL_MOSI_PIN_SHIFT 0
#define RADIO840_SPIM0_PSEL_MOSI_PIN_MASK UINT32_C(0x0000001f)
#define RADIO840_SPIM0_PSEL_MOSI_CONNECT_SHIFT 31
#define RADIO840_SPIM0_PSEL_MOSI_CONNECT_MASK UINT32_C(0x80000000)
#define RADIO840_SPIM0_PSEL_MOSI_CONNECT_DISCONNECTED UINT32_C(0x01)
#define RADIO840_SPIM0_PSEL_MOSI_CONNECT_CONNECTED UINT32_C(0x00)

struct radio840_spim0_dma_state_registers {
    /* 0x00: Number of bytes transferred in the last transaction. */
    REGISTER_MAP_READ_ONLY uint32_t amount;
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_dma_state_registers, amount) == 0x0, "amount");
REGISTER_MAP_ASSERT(sizeof(struct radio840_spim0_dma_state_registers) == 0x4, "radio840_spim0_dma_state_registers");

#define RADIO840_SPIM0_DMA_STATE_AMOUNT_OFFSET UINT32_C(0x00000000)
#define RADIO840_SPIM0_DMA_STATE_AMOUNT_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_DMA_STATE_AMOUNT_RESET_MASK UINT32_C(0xffffffff)

/* Direct memory access %s. */
struct radio840_spim0_dma_registers {
    /* 0x00: Data pointer. */
    REGISTER_MAP_READ_WRITE uint32_t ptr;
    /* 0x04: MAXCNT. */
    REGISTER_MAP_READ_WRITE uint32_t maxcnt;
    /* 0x08: STATE. */
    struct radio840_spim0_dma_state_registers state;
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_dma_registers, ptr) == 0x0, "ptr");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_dma_registers, maxcnt) == 0x4, "maxcnt");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_dma_registers, state) == 0x8, "state");
REGISTER_MAP_ASSERT(sizeof(struct radio840_spim0_dma_registers) == 0xc, "radio840_spim0_dma_registers");

#define RADIO840_SPIM0_DMA_PTR_OFFSET UINT32_C(0x00000000)
#define RADIO840_SPIM0_DMA_PTR_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_DMA_PTR_RESET_MASK UINT32_C(0xffffffff)

#define RADIO840_SPIM0_DMA_MAXCNT_OFFSET UINT32_C(0x00000004)
#define RADIO840_SPIM0_DMA_MAXCNT_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_DMA_MAXCNT_RESET_MASK UINT32_C(0xffffffff)

#define RADIO840_SPIM0_DMA_STATE_OFFSET UINT32_C(0x00000008)

struct radio840_spim0_dma_step {
    struct radio840_spim0_dma_registers value;
    uint8_t reserved[0x4];
};
REGISTER_MAP_ASSERT(sizeof(struct radio840_spim0_dma_step) == 0x10, "radio840_spim0_dma_step");

/* Serial Peripheral Interface Master with EasyDMA 0. */
struct radio840_spim0_registers {
    uint8_t reserved[0x10];
    /* 0x10: Start SPI transaction. */
    REGISTER_MAP_WRITE_ONLY uint32_t tasks_start;
    uint8_t reserved_2[0xfc];
    /* 0x110: End of RX buffer reached. */
    REGISTER_MAP_READ_WRITE uint32_t events_endrx;
    /* 0x114: End of TX buffer reached. */
    REGISTER_MAP_READ_WRITE uint32_t events_endtx;
    uint8_t reserved_3[0x1ec];
    /* 0x304: Enable interrupt. A one sets its bit. */
    REGISTER_MAP_READ_WRITE uint32_t intenset;
    /* 0x308: Disable interrupt. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t intenclr;
    uint8_t reserved_4[0x1fc];
    /* 0x508: Unspecified. */
    struct radio840_spim0_psel_registers psel;
    uint8_t reserved_5[0x30];
    /* 0x540: Direct memory access %s. */
    struct radio840_spim0_dma_step dma[3];
    uint8_t reserved_6[0xa90];
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, tasks_start) == 0x10, "tasks_start");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, events_endrx) == 0x110, "events_endrx");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, events_endtx) == 0x114, "events_endtx");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, intenset) == 0x304, "intenset");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, intenclr) == 0x308, "intenclr");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, psel) == 0x508, "psel");
REGISTER_MAP_ASSERT(offsetof(struct radio840_spim0_registers, dma) == 0x540, "dma");
REGISTER_MAP_ASSERT(sizeof(struct radio840_spim0_registers) == 0x1000, "radio840_spim0_registers");

#define RADIO840_SPIM0_TASKS_START_OFFSET UINT32_C(0x00000010)
#define RADIO840_SPIM0_TASKS_START_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_TASKS_START_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_TASKS_START_TASKS_START_SHIFT 0
#define RADIO840_SPIM0_TASKS_START_TASKS_START_MASK UINT32_C(0x00000001)
#define RADIO840_SPIM0_TASKS_START_TASKS_START_TRIGGER UINT32_C(0x01)

#define RADIO840_SPIM0_EVENTS_ENDRX_OFFSET UINT32_C(0x00000110)
#define RADIO840_SPIM0_EVENTS_ENDRX_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_EVENTS_ENDRX_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_EVENTS_ENDRX_EVENT_SHIFT 0
#define RADIO840_SPIM0_EVENTS_ENDRX_EVENT_MASK UINT32_C(0x00000001)
#define RADIO840_SPIM0_EVENTS_ENDRX_EVENT_NOT_GENERATED UINT32_C(0x00)
#define RADIO840_SPIM0_EVENTS_ENDRX_EVENT_GENERATED UINT32_C(0x01)

#define RADIO840_SPIM0_EVENTS_ENDTX_OFFSET UINT32_C(0x00000114)
#define RADIO840_SPIM0_EVENTS_ENDTX_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_EVENTS_ENDTX_RESET_MASK UINT32_C(0xffffffff)
/* Its fields are those of RADIO840_SPIM0_EVENTS_ENDRX. */

#define RADIO840_SPIM0_INTENSET_OFFSET UINT32_C(0x00000304)
#define RADIO840_SPIM0_INTENSET_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_INTENSET_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_INTENSET_STOPPED_SHIFT 1
#define RADIO840_SPIM0_INTENSET_STOPPED_MASK UINT32_C(0x00000002)
#define RADIO840_SPIM0_INTENSET_STOPPED_DISABLED UINT32_C(0x00)
#define RADIO840_SPIM0_INTENSET_STOPPED_ENABLED UINT32_C(0x01)
#define RADIO840_SPIM0_INTENSET_STOPPED_WRITE_SET UINT32_C(0x01)

#define RADIO840_SPIM0_INTENCLR_OFFSET UINT32_C(0x00000308)
#define RADIO840_SPIM0_INTENCLR_RESET UINT32_C(0x00000000)
#define RADIO840_SPIM0_INTENCLR_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_SPIM0_INTENCLR_STOPPED_SHIFT 1
#define RADIO840_SPIM0_INTENCLR_STOPPED_MASK UINT32_C(0x00000002)
#define RADIO840_SPIM0_INTENCLR_STOPPED_DISABLED UINT32_C(0x00)
#define RADIO840_SPIM0_INTENCLR_STOPPED_ENABLED UINT32_C(0x01)
#define RADIO840_SPIM0_INTENCLR_STOPPED_WRITE_CLEAR UINT32_C(0x01)

#define RADIO840_SPIM0_PSEL_OFFSET UINT32_C(0x00000508)

#define RADIO840_SPIM0_DMA_OFFSET UINT32_C(0x00000540)
#define RADIO840_SPIM0_DMA_COUNT 3
#define RADIO840_SPIM0_DMA_STRIDE UINT32_C(0x00000010)

/* SPIM1: the same registers as struct radio840_spim0_registers. */
#define RADIO840_SPIM1_BASE UINT64_C(0x40004000)

/* PPI. */
#define RADIO840_PPI_BASE UINT64_C(0x4001f000)

/* PPI Channel. */
struct radio840_ppi_ch_registers {
    /* 0x00: Channel event end-point. */
    REGISTER_MAP_READ_WRITE uint32_t eep;
    /* 0x04: Channel task end-point. */
    REGISTER_MAP_READ_WRITE uint32_t tep;
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_ppi_ch_registers, eep) == 0x0, "eep");
REGISTER_MAP_ASSERT(offsetof(struct radio840_ppi_ch_registers, tep) == 0x4, "tep");
REGISTER_MAP_ASSERT(sizeof(struct radio840_ppi_ch_registers) == 0x8, "radio840_ppi_ch_registers");

#define RADIO840_PPI_CH_EEP_OFFSET UINT32_C(0x00000000)
#define RADIO840_PPI_CH_EEP_RESET UINT32_C(0x00000000)
#define RADIO840_PPI_CH_EEP_RESET_MASK UINT32_C(0xffffffff)

#define RADIO840_PPI_CH_TEP_OFFSET UINT32_C(0x00000004)
#define RADIO840_PPI_CH_TEP_RESET UINT32_C(0x00000000)
#define RADIO840_PPI_CH_TEP_RESET_MASK UINT32_C(0xffffffff)

/* Programmable Peripheral Interconnect. */
struct radio840_ppi_registers {
    uint8_t reserved[0x510];
    /* 0x510: PPI Channel. */
    struct radio840_ppi_ch_registers ch[20];
    uint8_t reserved_2[0x250];
    /* 0x800: Channel group. */
    REGISTER_MAP_READ_WRITE uint32_t chg[6];
};
REGISTER_MAP_ASSERT(offsetof(struct radio840_ppi_registers, ch) == 0x510, "ch");
REGISTER_MAP_ASSERT(offsetof(struct radio840_ppi_registers, chg) == 0x800, "chg");
REGISTER_MAP_ASSERT(sizeof(struct radio840_ppi_registers) == 0x818, "radio840_ppi_registers");

#define RADIO840_PPI_CHG_OFFSET UINT32_C(0x00000800)
#define RADIO840_PPI_CHG_COUNT 6
#define RADIO840_PPI_CHG_STRIDE UINT32_C(0x00000004)
#define RADIO840_PPI_CHG_RESET UINT32_C(0x00000000)
#define RADIO840_PPI_CHG_RESET_MASK UINT32_C(0xffffffff)
#define RADIO840_PPI_CHG_CH0_SHIFT 0
#define RADIO840_PPI_CHG_CH0_MASK UINT32_C(0x00000001)
#define RADIO840_PPI_CHG_CH1_SHIFT 1
#define RADIO840_PPI_CHG_CH1_MASK UINT32_C(0x00000002)
#define RADIO840_PPI_CHG_CH2_SHIFT 2
#define RADIO840_PPI_CHG_CH2_MASK UINT32_C(0x00000004)
#define RADIO840_PPI_CHG_CH3_SHIFT 3
#define RADIO840_PPI_CHG_CH3_MASK UINT32_C(0x00000008)
#define RADIO840_PPI_CHG_CH4_SHIFT 4
#define RADIO840_PPI_CHG_CH4_MASK UINT32_C(0x00000010)
#define RADIO840_PPI_CHG_CH5_SHIFT 5
#define RADIO840_PPI_CHG_CH5_MASK UINT32_C(0x00000020)
#define RADIO840_PPI_CHG_CH6_SHIFT 6
#define RADIO840_PPI_CHG_CH6_MASK UINT32_C(0x00000040)
#define RADIO840_PPI_CHG_CH7_SHIFT 7
#define RADIO840_PPI_CHG_CH7_MASK UINT32_C(0x00000080)
#define RADIO840_PPI_CHG_CH8_SHIFT 8
#define RADIO840_PPI_CHG_CH8_MASK UINT32_C(0x00000100)
#define RADIO840_PPI_CHG_CH9_SHIFT 9
#define RADIO840_PPI_CHG_CH9_MASK UINT32_C(0x00000200)
#define RADIO840_PPI_CHG_CH10_SHIFT 10
#define RADIO840_PPI_CHG_CH10_MASK UINT32_C(0x00000400)
#define RADIO840_PPI_CHG_CH11_SHIFT 11
#define RADIO840_PPI_CHG_CH11_MASK UINT32_C(0x00000800)
#define RADIO840_PPI_CHG_CH12_SHIFT 12
#define RADIO840_PPI_CHG_CH12_MASK UINT32_C(0x00001000)
#define RADIO840_PPI_CHG_CH13_SHIFT 13
#define RADIO840_PPI_CHG_CH13_MASK UINT32_C(0x00002000)
#define RADIO840_PPI_CHG_CH14_SHIFT 14
#define RADIO840_PPI_CHG_CH14_MASK UINT32_C(0x00004000)
#define RADIO840_PPI_CHG_CH15_SHIFT 15
#define RADIO840_PPI_CHG_CH15_MASK UINT32_C(0x00008000)
#define RADIO840_PPI_CHG_CH16_SHIFT 16
#define RADIO840_PPI_CHG_CH16_MASK UINT32_C(0x00010000)
#define RADIO840_PPI_CHG_CH17_SHIFT 17
#define RADIO840_PPI_CHG_CH17_MASK UINT32_C(0x00020000)
#define RADIO840_PPI_CHG_CH18_SHIFT 18
#define RADIO840_PPI_CHG_CH18_MASK UINT32_C(0x00040000)
#define RADIO840_PPI_CHG_CH19_SHIFT 19
#define RADIO840_PPI_CHG_CH19_MASK UINT32_C(0x00080000)
#define RADIO840_PPI_CHG_CH20_SHIFT 20
#define RADIO840_PPI_CHG_CH20_MASK UINT32_C(0x00100000)
#define RADIO840_PPI_CHG_CH21_SHIFT 21
#define RADIO840_PPI_CHG_CH21_MASK UINT32_C(0x00200000)
#define RADIO840_PPI_CHG_CH22_SHIFT 22
#define RADIO840_PPI_CHG_CH22_MASK UINT32_C(0x00400000)
#define RADIO840_PPI_CHG_CH23_SHIFT 23
#define RADIO840_PPI_CHG_CH23_MASK UINT32_C(0x00800000)
#define RADIO840_PPI_CHG_CH24_SHIFT 24
#define RADIO840_PPI_CHG_CH24_MASK UINT32_C(0x01000000)
#define RADIO840_PPI_CHG_CH25_SHIFT 25
#define RADIO840_PPI_CHG_CH25_MASK UINT32_C(0x02000000)
#define RADIO840_PPI_CHG_CH26_SHIFT 26
#define RADIO840_PPI_CHG_CH26_MASK UINT32_C(0x04000000)
#define RADIO840_PPI_CHG_CH27_SHIFT 27
#define RADIO840_PPI_CHG_CH27_MASK UINT32_C(0x08000000)
#define RADIO840_PPI_CHG_CH28_SHIFT 28
#define RADIO840_PPI_CHG_CH28_MASK UINT32_C(0x10000000)
#define RADIO840_PPI_CHG_CH29_SHIFT 29
#define RADIO840_PPI_CHG_CH29_MASK UINT32_C(0x20000000)
#define RADIO840_PPI_CHG_CH30_SHIFT 30
#define RADIO840_PPI_CHG_CH30_MASK UINT32_C(0x40000000)
#define RADIO840_PPI_CHG_CH31_SHIFT 31
#define RADIO840_PPI_CHG_CH31_MASK UINT32_C(0x80000000)

#define RADIO840_PPI_CH_OFFSET UINT32_C(0x00000510)
#define RADIO840_PPI_CH_COUNT 20
#define RADIO840_PPI_CH_STRIDE UINT32_C(0x00000008)

#endif /* REGISTER_MAP_RADIO840_H */
