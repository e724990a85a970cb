/*
 * QEMU's educational PCI device: a small DMA engine beside a factorial unit.
 *
 * Generated from edu.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_EDU_H
#define REGISTER_MAP_EDU_H

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

#define EDU_PCI_VENDOR 0x1234
#define EDU_PCI_DEVICE 0x11e8

/* EDU. */
#define EDU_BAR 0
#define EDU_BAR_OFFSET UINT64_C(0x0)

/* All registers of the device. Below 0x80 it takes 4-byte accesses only. */
struct edu_registers {
    /* 0x00: Identification: version and a fixed byte. */
    REGISTER_MAP_READ_ONLY uint32_t id;
    /* 0x04: Liveness check: reads as the complement of what was written. */
    REGISTER_MAP_READ_WRITE uint32_t liveness;
    /* 0x08: Takes a number, gives its factorial modulo 2^32 once STATUS.COMPUTING is clear. */
    REGISTER_MAP_READ_WRITE uint32_t factorial;
    uint8_t reserved[0x14];
    /* 0x20: State of the factorial unit. */
    REGISTER_MAP_READ_WRITE uint32_t status;
    /* 0x24: The interrupts that are pending; the line is up while any bit is set. */
    REGISTER_MAP_READ_ONLY uint32_t interrupt_status;
    uint8_t reserved_2[0x38];
    /* 0x60: Sets the bits written in INTERRUPT_STATUS. */
    REGISTER_MAP_WRITE_ONLY uint32_t interrupt_raise;
    /* 0x64: Clears the bits written in INTERRUPT_STATUS. */
    REGISTER_MAP_WRITE_ONLY uint32_t interrupt_acknowledge;
    uint8_t reserved_3[0x18];
    /* 0x80: Where a transfer reads: host memory or the device's own, as the direction says. The
       device masters the bus with it: write the DMA address that a mapping gave, never a physical
       address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t dma_source;
    /* 0x88: Where a transfer writes: the device's own memory or the host's, as the direction says.
       The device masters the bus with it: write the DMA address that a mapping gave, never a
       physical address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t dma_destination;
    /* 0x90: How many bytes a transfer moves; the device's own memory has 4096, at 0x40000. */
    REGISTER_MAP_READ_WRITE uint64_t dma_count;
    /* 0x98: Starts a transfer; its other registers must be set before, and stay until START is
       clear. A write may start the device. */
    REGISTER_MAP_READ_WRITE uint64_t dma_command;
    uint8_t reserved_4[0x60];
};
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, id) == 0x0, "id");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, liveness) == 0x4, "liveness");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, factorial) == 0x8, "factorial");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, status) == 0x20, "status");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, interrupt_status) == 0x24, "interrupt_status");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, interrupt_raise) == 0x60, "interrupt_raise");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, interrupt_acknowledge) == 0x64, "interrupt_acknowledge");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, dma_source) == 0x80, "dma_source");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, dma_destination) == 0x88, "dma_destination");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, dma_count) == 0x90, "dma_count");
REGISTER_MAP_ASSERT(offsetof(struct edu_registers, dma_command) == 0x98, "dma_command");
REGISTER_MAP_ASSERT(sizeof(struct edu_registers) == 0x100, "edu_registers");

#define EDU_ID_OFFSET UINT32_C(0x00000000)
#define EDU_ID_RESET UINT32_C(0x010000ed)
#define EDU_ID_RESET_MASK UINT32_C(0xffffffff)
#define EDU_ID_SIGNATURE_SHIFT 0
#define EDU_ID_SIGNATURE_MASK UINT32_C(0x000000ff)
#define EDU_ID_MINOR_SHIFT 16
#define EDU_ID_MINOR_MASK UINT32_C(0x00ff0000)
#define EDU_ID_MAJOR_SHIFT 24
#define EDU_ID_MAJOR_MASK UINT32_C(0xff000000)

#define EDU_LIVENESS_OFFSET UINT32_C(0x00000004)
#define EDU_LIVENESS_RESET UINT32_C(0x00000000)
#define EDU_LIVENESS_RESET_MASK UINT32_C(0xffffffff)

#define EDU_FACTORIAL_OFFSET UINT32_C(0x00000008)
#define EDU_FACTORIAL_RESET UINT32_C(0x00000000)
#define EDU_FACTORIAL_RESET_MASK UINT32_C(0xffffffff)

#define EDU_STATUS_OFFSET UINT32_C(0x00000020)
#define EDU_STATUS_RESET UINT32_C(0x00000000)
#define EDU_STATUS_RESET_MASK UINT32_C(0xffffffff)
#define EDU_STATUS_COMPUTING_SHIFT 0
#define EDU_STATUS_COMPUTING_MASK UINT32_C(0x00000001)
#define EDU_STATUS_RAISE_INTERRUPT_SHIFT 7
#define EDU_STATUS_RAISE_INTERRUPT_MASK UINT32_C(0x00000080)

#define EDU_INTERRUPT_STATUS_OFFSET UINT32_C(0x00000024)
#define EDU_INTERRUPT_STATUS_RESET UINT32_C(0x00000000)
#define EDU_INTERRUPT_STATUS_RESET_MASK UINT32_C(0xffffffff)
#define EDU_INTERRUPT_STATUS_FACTORIAL_SHIFT 0
#define EDU_INTERRUPT_STATUS_FACTORIAL_MASK UINT32_C(0x00000001)
#define EDU_INTERRUPT_STATUS_DMA_SHIFT 8
#define EDU_INTERRUPT_STATUS_DMA_MASK UINT32_C(0x00000100)

#define EDU_INTERRUPT_RAISE_OFFSET UINT32_C(0x00000060)
#define EDU_INTERRUPT_RAISE_RESET UINT32_C(0x00000000)
#define EDU_INTERRUPT_RAISE_RESET_MASK UINT32_C(0xffffffff)

#define EDU_INTERRUPT_ACKNOWLEDGE_OFFSET UINT32_C(0x00000064)
#define EDU_INTERRUPT_ACKNOWLEDGE_RESET UINT32_C(0x00000000)
#define EDU_INTERRUPT_ACKNOWLEDGE_RESET_MASK UINT32_C(0xffffffff)
#define EDU_INTERRUPT_ACKNOWLEDGE_FACTORIAL_SHIFT 0
#define EDU_INTERRUPT_ACKNOWLEDGE_FACTORIAL_MASK UINT32_C(0x00000001)
#define EDU_INTERRUPT_ACKNOWLEDGE_DMA_SHIFT 8
#define EDU_INTERRUPT_ACKNOWLEDGE_DMA_MASK UINT32_C(0x00000100)

#define EDU_DMA_SOURCE_OFFSET UINT32_C(0x00000080)
#define EDU_DMA_SOURCE_RESET UINT64_C(0x0)
#define EDU_DMA_SOURCE_RESET_MASK UINT64_C(0xffffffffffffffff)

#define EDU_DMA_DESTINATION_OFFSET UINT32_C(0x00000088)
#define EDU_DMA_DESTINATION_RESET UINT64_C(0x0)
#define EDU_DMA_DESTINATION_RESET_MASK UINT64_C(0xffffffffffffffff)

#define EDU_DMA_COUNT_OFFSET UINT32_C(0x00000090)
#define EDU_DMA_COUNT_RESET UINT64_C(0x0)
#define EDU_DMA_COUNT_RESET_MASK UINT64_C(0xffffffffffffffff)

#define EDU_DMA_COMMAND_OFFSET UINT32_C(0x00000098)
#define EDU_DMA_COMMAND_RESET UINT64_C(0x0)
#define EDU_DMA_COMMAND_RESET_MASK UINT64_C(0xffffffffffffffff)
#define EDU_DMA_COMMAND_START_SHIFT 0
#define EDU_DMA_COMMAND_START_MASK UINT64_C(0x1)
#define EDU_DMA_COMMAND_DIRECTION_SHIFT 1
#define EDU_DMA_COMMAND_DIRECTION_MASK UINT64_C(0x2)
#define EDU_DMA_COMMAND_DIRECTION_TO_DEVICE UINT32_C(0x00)
#define EDU_DMA_COMMAND_DIRECTION_FROM_DEVICE UINT32_C(0x01)
#define EDU_DMA_COMMAND_IRQ_SHIFT 2
#define EDU_DMA_COMMAND_IRQ_MASK UINT64_C(0x4)

#endif /* REGISTER_MAP_EDU_H */
