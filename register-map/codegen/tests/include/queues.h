/*
 * Queues and aliases.
 *
 * Generated from queues.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_PICO_H
#define REGISTER_MAP_PICO_H

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

/* PIO0. */
#define PICO_PIO0_BASE UINT64_C(0x50200000)

/* Programmable IO block with a line break. */
struct pico_pio0_registers {
    /* 0x00: PIO control register. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl;
    uint8_t reserved[0x4];
    /* 0x08: FDEBUG. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t fdebug;
    uint8_t reserved_2[0x4];
    /* 0x10: Direct write access to the TX FIFO for this state machine. */
    REGISTER_MAP_WRITE_ONLY uint32_t txf0;
    uint8_t reserved_3[0xc];
    /* 0x20: Direct read access to the RX FIFO for this state machine. A read changes it. */
    REGISTER_MAP_READ_ONLY uint32_t rxf0;
    uint8_t reserved_4[0xc];
    /* 0x30: IRQ. A read clears it. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t irq;
    /* 0x34: IRQ_FORCE. A read sets it. */
    REGISTER_MAP_READ_WRITE uint32_t irq_force;
    /* 0x38: INVERT. A one turns its bit over. */
    REGISTER_MAP_READ_WRITE uint32_t invert;
    uint8_t reserved_5[0x90];
    /* 0xcc: SM0_EXECCTRL. */
    REGISTER_MAP_READ_WRITE uint32_t sm0_execctrl;
    uint8_t reserved_6[0xf30];
};
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, fdebug) == 0x8, "fdebug");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, txf0) == 0x10, "txf0");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, rxf0) == 0x20, "rxf0");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, irq) == 0x30, "irq");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, irq_force) == 0x34, "irq_force");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, invert) == 0x38, "invert");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio0_registers, sm0_execctrl) == 0xcc, "sm0_execctrl");
REGISTER_MAP_ASSERT(sizeof(struct pico_pio0_registers) == 0x1000, "pico_pio0_registers");

#define PICO_PIO0_CTRL_OFFSET UINT32_C(0x00000000)
#define PICO_PIO0_CTRL_RESET UINT32_C(0x00000000)
#define PICO_PIO0_CTRL_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO0_CTRL_SM_ENABLE_SHIFT 0
#define PICO_PIO0_CTRL_SM_ENABLE_MASK UINT32_C(0x0000000f)
#define PICO_PIO0_CTRL_CLKDIV_RESTART_SHIFT 8
#define PICO_PIO0_CTRL_CLKDIV_RESTART_MASK UINT32_C(0x00000f00)

#define PICO_PIO0_FDEBUG_OFFSET UINT32_C(0x00000008)
#define PICO_PIO0_FDEBUG_RESET UINT32_C(0x00000000)
#define PICO_PIO0_FDEBUG_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO0_FDEBUG_RXSTALL_SHIFT 0
#define PICO_PIO0_FDEBUG_RXSTALL_MASK UINT32_C(0x0000000f)
#define PICO_PIO0_FDEBUG_TXSTALL_SHIFT 24
#define PICO_PIO0_FDEBUG_TXSTALL_MASK UINT32_C(0x0f000000)

#define PICO_PIO0_TXF0_OFFSET UINT32_C(0x00000010)
#define PICO_PIO0_TXF0_RESET UINT32_C(0x00000000)
#define PICO_PIO0_TXF0_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO0_RXF0_OFFSET UINT32_C(0x00000020)
#define PICO_PIO0_RXF0_RESET UINT32_C(0x00000000)
#define PICO_PIO0_RXF0_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO0_IRQ_OFFSET UINT32_C(0x00000030)
#define PICO_PIO0_IRQ_RESET UINT32_C(0x00000000)
#define PICO_PIO0_IRQ_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO0_IRQ_FORCE_OFFSET UINT32_C(0x00000034)
#define PICO_PIO0_IRQ_FORCE_RESET UINT32_C(0x00000000)
#define PICO_PIO0_IRQ_FORCE_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO0_INVERT_OFFSET UINT32_C(0x00000038)
#define PICO_PIO0_INVERT_RESET UINT32_C(0x00000000)
#define PICO_PIO0_INVERT_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO0_INVERT_PINS_SHIFT 0
#define PICO_PIO0_INVERT_PINS_MASK UINT32_C(0x3fffffff)

#define PICO_PIO0_SM0_EXECCTRL_OFFSET UINT32_C(0x000000cc)
#define PICO_PIO0_SM0_EXECCTRL_RESET UINT32_C(0x00000000)
#define PICO_PIO0_SM0_EXECCTRL_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO0_SM0_EXECCTRL_STATUS_SEL_SHIFT 4
#define PICO_PIO0_SM0_EXECCTRL_STATUS_SEL_MASK UINT32_C(0x00000010)
#define PICO_PIO0_SM0_EXECCTRL_STATUS_SEL_TXLEVEL UINT32_C(0x00)
#define PICO_PIO0_SM0_EXECCTRL_STATUS_SEL_RXLEVEL UINT32_C(0x01)

/* PIO1: the same registers as struct pico_pio0_registers. */
#define PICO_PIO1_BASE UINT64_C(0x50300000)

/* PIO2. */
#define PICO_PIO2_BASE UINT64_C(0x50400000)

/* Programmable IO block with a line break. */
struct pico_pio2_registers {
    /* 0x00: PIO control register. */
    REGISTER_MAP_READ_WRITE uint32_t ctrl;
    uint8_t reserved[0x4];
    /* 0x08: FDEBUG. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t fdebug;
    uint8_t reserved_2[0x4];
    /* 0x10: Direct write access to the TX FIFO for this state machine. */
    REGISTER_MAP_WRITE_ONLY uint32_t txf0;
    uint8_t reserved_3[0xc];
    /* 0x20: Direct read access to the RX FIFO for this state machine. A read changes it. */
    REGISTER_MAP_READ_ONLY uint32_t rxf0;
    uint8_t reserved_4[0xc];
    /* 0x30: IRQ. A read clears it. A one clears its bit. */
    REGISTER_MAP_READ_WRITE uint32_t irq;
    /* 0x34: IRQ_FORCE. A read sets it. */
    REGISTER_MAP_READ_WRITE uint32_t irq_force;
    /* 0x38: INVERT. A one turns its bit over. */
    REGISTER_MAP_READ_WRITE uint32_t invert;
    uint8_t reserved_5[0x90];
    /* 0xcc: SM0_EXECCTRL. */
    REGISTER_MAP_READ_WRITE uint32_t sm0_execctrl;
    uint8_t reserved_6[0x3f30];
};
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, ctrl) == 0x0, "ctrl");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, fdebug) == 0x8, "fdebug");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, txf0) == 0x10, "txf0");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, rxf0) == 0x20, "rxf0");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, irq) == 0x30, "irq");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, irq_force) == 0x34, "irq_force");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, invert) == 0x38, "invert");
REGISTER_MAP_ASSERT(offsetof(struct pico_pio2_registers, sm0_execctrl) == 0xcc, "sm0_execctrl");
REGISTER_MAP_ASSERT(sizeof(struct pico_pio2_registers) == 0x4000, "pico_pio2_registers");

#define PICO_PIO2_CTRL_OFFSET UINT32_C(0x00000000)
#define PICO_PIO2_CTRL_RESET UINT32_C(0x00000000)
#define PICO_PIO2_CTRL_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO2_CTRL_SM_ENABLE_SHIFT 0
#define PICO_PIO2_CTRL_SM_ENABLE_MASK UINT32_C(0x0000000f)
#define PICO_PIO2_CTRL_CLKDIV_RESTART_SHIFT 8
#define PICO_PIO2_CTRL_CLKDIV_RESTART_MASK UINT32_C(0x00000f00)

#define PICO_PIO2_FDEBUG_OFFSET UINT32_C(0x00000008)
#define PICO_PIO2_FDEBUG_RESET UINT32_C(0x00000000)
#define PICO_PIO2_FDEBUG_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO2_FDEBUG_RXSTALL_SHIFT 0
#define PICO_PIO2_FDEBUG_RXSTALL_MASK UINT32_C(0x0000000f)
#define PICO_PIO2_FDEBUG_TXSTALL_SHIFT 24
#define PICO_PIO2_FDEBUG_TXSTALL_MASK UINT32_C(0x0f000000)

#define PICO_PIO2_TXF0_OFFSET UINT32_C(0x00000010)
#define PICO_PIO2_TXF0_RESET UINT32_C(0x00000000)
#define PICO_PIO2_TXF0_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO2_RXF0_OFFSET UINT32_C(0x00000020)
#define PICO_PIO2_RXF0_RESET UINT32_C(0x00000000)
#define PICO_PIO2_RXF0_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO2_IRQ_OFFSET UINT32_C(0x00000030)
#define PICO_PIO2_IRQ_RESET UINT32_C(0x00000000)
#define PICO_PIO2_IRQ_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO2_IRQ_FORCE_OFFSET UINT32_C(0x00000034)
#define PICO_PIO2_IRQ_FORCE_RESET UINT32_C(0x00000000)
#define PICO_PIO2_IRQ_FORCE_RESET_MASK UINT32_C(0xffffffff)

#define PICO_PIO2_INVERT_OFFSET UINT32_C(0x00000038)
#define PICO_PIO2_INVERT_RESET UINT32_C(0x00000000)
#define PICO_PIO2_INVERT_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO2_INVERT_PINS_SHIFT 0
#define PICO_PIO2_INVERT_PINS_MASK UINT32_C(0x3fffffff)

#define PICO_PIO2_SM0_EXECCTRL_OFFSET UINT32_C(0x000000cc)
#define PICO_PIO2_SM0_EXECCTRL_RESET UINT32_C(0x00000000)
#define PICO_PIO2_SM0_EXECCTRL_RESET_MASK UINT32_C(0xffffffff)
#define PICO_PIO2_SM0_EXECCTRL_STATUS_SEL_SHIFT 4
#define PICO_PIO2_SM0_EXECCTRL_STATUS_SEL_MASK UINT32_C(0x00000010)
#define PICO_PIO2_SM0_EXECCTRL_STATUS_SEL_TXLEVEL UINT32_C(0x00)
#define PICO_PIO2_SM0_EXECCTRL_STATUS_SEL_RXLEVEL UINT32_C(0x01)

/* SPARE_IRQ. */
#define PICO_SPARE_IRQ_BASE UINT64_C(0x40060000)

#endif /* REGISTER_MAP_PICO_H */
