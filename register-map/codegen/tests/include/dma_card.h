/*
 * A card with everything that the extensions know.
 *
 * Generated from dma_card.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_CARD_H
#define REGISTER_MAP_CARD_H

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

#define CARD_PCI_VENDOR 0x10ee
#define CARD_PCI_DEVICE 0x9038

/* ENGINE. */
#define CARD_ENGINE_BAR 0
#define CARD_ENGINE_BAR_OFFSET UINT64_C(0x1000)

/* One queue. */
struct card_engine_queue_registers {
    /* 0x00: Where the ring is. One half of RING: the low half is written first. The device masters
       the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t ring_low;
    /* 0x04: RING_HIGH. One half of RING: the low half is written first. The device masters the bus
       with it. */
    REGISTER_MAP_READ_WRITE uint32_t ring_high;
    /* 0x08: STATUS_HIGH. One half of STATUS: the high half is written first. The device masters
       the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t status_high;
    /* 0x0c: STATUS_LOW. One half of STATUS: the high half is written first. The device masters the
       bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t status_low;
    /* 0x10: COUNT_LOW. One half of COUNT: the low half is written first. */
    REGISTER_MAP_READ_ONLY uint32_t count_low;
    /* 0x14: COUNT_HIGH. One half of COUNT: the low half is written first. */
    REGISTER_MAP_READ_ONLY uint32_t count_high;
    /* 0x18: DOORBELL. A write may start the device. */
    REGISTER_MAP_WRITE_ONLY uint32_t doorbell;
    uint8_t reserved[0x4];
    /* 0x20: SCRATCH_LOW. One half of SCRATCH: the high half is written first. */
    REGISTER_MAP_READ_WRITE uint32_t scratch_low;
    /* 0x24: SCRATCH_HIGH. One half of SCRATCH: the high half is written first. */
    REGISTER_MAP_READ_WRITE uint32_t scratch_high;
};
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, ring_low) == 0x0, "ring_low");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, ring_high) == 0x4, "ring_high");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, status_high) == 0x8, "status_high");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, status_low) == 0xc, "status_low");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, count_low) == 0x10, "count_low");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, count_high) == 0x14, "count_high");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, doorbell) == 0x18, "doorbell");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, scratch_low) == 0x20, "scratch_low");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_queue_registers, scratch_high) == 0x24, "scratch_high");
REGISTER_MAP_ASSERT(sizeof(struct card_engine_queue_registers) == 0x28, "card_engine_queue_registers");

#define CARD_ENGINE_QUEUE_RING_LOW_OFFSET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_RING_LOW_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_RING_LOW_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_RING_HIGH_OFFSET UINT32_C(0x00000004)
#define CARD_ENGINE_QUEUE_RING_HIGH_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_RING_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_STATUS_HIGH_OFFSET UINT32_C(0x00000008)
#define CARD_ENGINE_QUEUE_STATUS_HIGH_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_STATUS_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_STATUS_LOW_OFFSET UINT32_C(0x0000000c)
#define CARD_ENGINE_QUEUE_STATUS_LOW_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_STATUS_LOW_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_COUNT_LOW_OFFSET UINT32_C(0x00000010)
#define CARD_ENGINE_QUEUE_COUNT_LOW_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_COUNT_LOW_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_COUNT_HIGH_OFFSET UINT32_C(0x00000014)
#define CARD_ENGINE_QUEUE_COUNT_HIGH_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_COUNT_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_DOORBELL_OFFSET UINT32_C(0x00000018)
#define CARD_ENGINE_QUEUE_DOORBELL_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_DOORBELL_RESET_MASK UINT32_C(0xffffffff)
#define CARD_ENGINE_QUEUE_DOORBELL_TAIL_SHIFT 0
#define CARD_ENGINE_QUEUE_DOORBELL_TAIL_MASK UINT32_C(0x0000ffff)

#define CARD_ENGINE_QUEUE_SCRATCH_LOW_OFFSET UINT32_C(0x00000020)
#define CARD_ENGINE_QUEUE_SCRATCH_LOW_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_SCRATCH_LOW_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_QUEUE_SCRATCH_HIGH_OFFSET UINT32_C(0x00000024)
#define CARD_ENGINE_QUEUE_SCRATCH_HIGH_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_SCRATCH_HIGH_RESET_MASK UINT32_C(0xffffffff)

/* RING: 64 bits in two registers, the low half first. */
#define CARD_ENGINE_QUEUE_RING_LOW_HALF_OFFSET UINT32_C(0x00000000)
#define CARD_ENGINE_QUEUE_RING_HIGH_HALF_OFFSET UINT32_C(0x00000004)

/* STATUS: 64 bits in two registers, the high half first. */
#define CARD_ENGINE_QUEUE_STATUS_LOW_HALF_OFFSET UINT32_C(0x0000000c)
#define CARD_ENGINE_QUEUE_STATUS_HIGH_HALF_OFFSET UINT32_C(0x00000008)

/* COUNT: 64 bits in two registers, the low half first. */
#define CARD_ENGINE_QUEUE_COUNT_LOW_HALF_OFFSET UINT32_C(0x00000010)
#define CARD_ENGINE_QUEUE_COUNT_HIGH_HALF_OFFSET UINT32_C(0x00000014)

/* SCRATCH: 64 bits in two registers, the high half first. */
#define CARD_ENGINE_QUEUE_SCRATCH_LOW_HALF_OFFSET UINT32_C(0x00000020)
#define CARD_ENGINE_QUEUE_SCRATCH_HIGH_HALF_OFFSET UINT32_C(0x00000024)

struct card_engine_queue_step {
    struct card_engine_queue_registers value;
    uint8_t reserved[0x18];
};
REGISTER_MAP_ASSERT(sizeof(struct card_engine_queue_step) == 0x40, "card_engine_queue_step");

/* The engine. */
struct card_engine_registers {
    /* 0x00: VERSION. */
    REGISTER_MAP_READ_ONLY uint32_t version;
    uint8_t reserved[0xfc];
    /* 0x100: One queue. */
    struct card_engine_queue_step queue[4];
    uint8_t reserved_2[0x100];
    /* 0x300: An address of 64 bits. The device masters the bus with it: write the DMA address that
       a mapping gave, never a physical address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t mailbox;
    uint8_t reserved_3[0xf8];
};
REGISTER_MAP_ASSERT(offsetof(struct card_engine_registers, version) == 0x0, "version");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_registers, queue) == 0x100, "queue");
REGISTER_MAP_ASSERT(offsetof(struct card_engine_registers, mailbox) == 0x300, "mailbox");
REGISTER_MAP_ASSERT(sizeof(struct card_engine_registers) == 0x400, "card_engine_registers");

#define CARD_ENGINE_VERSION_OFFSET UINT32_C(0x00000000)
#define CARD_ENGINE_VERSION_RESET UINT32_C(0x00000000)
#define CARD_ENGINE_VERSION_RESET_MASK UINT32_C(0xffffffff)

#define CARD_ENGINE_MAILBOX_OFFSET UINT32_C(0x00000300)
#define CARD_ENGINE_MAILBOX_RESET UINT64_C(0x0)
#define CARD_ENGINE_MAILBOX_RESET_MASK UINT64_C(0xffffffff)

/* MAILBOX_HALVES: 64 bits in two registers, the high half first. */
#define CARD_ENGINE_MAILBOX_HALVES_LOW_HALF_OFFSET UINT32_C(0x00000300)
#define CARD_ENGINE_MAILBOX_HALVES_HIGH_HALF_OFFSET UINT32_C(0x00000304)

#define CARD_ENGINE_QUEUE_OFFSET UINT32_C(0x00000100)
#define CARD_ENGINE_QUEUE_COUNT 4
#define CARD_ENGINE_QUEUE_STRIDE UINT32_C(0x00000040)

/* USER. */
#define CARD_USER_BAR 2
#define CARD_USER_BAR_OFFSET UINT64_C(0x0)

/* The card's own registers. */
struct card_user_registers {
    /* 0x00: SCRATCH. */
    REGISTER_MAP_READ_WRITE uint32_t scratch[8];
};
REGISTER_MAP_ASSERT(offsetof(struct card_user_registers, scratch) == 0x0, "scratch");
REGISTER_MAP_ASSERT(sizeof(struct card_user_registers) == 0x20, "card_user_registers");

#define CARD_USER_SCRATCH_OFFSET UINT32_C(0x00000000)
#define CARD_USER_SCRATCH_COUNT 8
#define CARD_USER_SCRATCH_STRIDE UINT32_C(0x00000004)
#define CARD_USER_SCRATCH_RESET UINT32_C(0x00000000)
#define CARD_USER_SCRATCH_RESET_MASK UINT32_C(0xffffffff)

/* Descriptor, in memory that CPU and device share. */

/* What a ring is made of. */
struct card_descriptor_registers {
    /* 0x00: CONTROL. */
    REGISTER_MAP_ALIGNED(32) REGISTER_MAP_READ_WRITE uint32_t control;
    /* 0x04: LENGTH. */
    REGISTER_MAP_READ_WRITE uint32_t length;
    /* 0x08: SOURCE. The device masters the bus with it: write the DMA address that a mapping gave,
       never a physical address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t source;
    /* 0x10: DESTINATION. The device masters the bus with it: write the DMA address that a mapping
       gave, never a physical address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t destination;
    /* 0x18: NEXT. The device masters the bus with it: write the DMA address that a mapping gave,
       never a physical address or a pointer. */
    REGISTER_MAP_READ_WRITE uint64_t next;
};
REGISTER_MAP_ASSERT(offsetof(struct card_descriptor_registers, control) == 0x0, "control");
REGISTER_MAP_ASSERT(offsetof(struct card_descriptor_registers, length) == 0x4, "length");
REGISTER_MAP_ASSERT(offsetof(struct card_descriptor_registers, source) == 0x8, "source");
REGISTER_MAP_ASSERT(offsetof(struct card_descriptor_registers, destination) == 0x10, "destination");
REGISTER_MAP_ASSERT(offsetof(struct card_descriptor_registers, next) == 0x18, "next");
REGISTER_MAP_ASSERT(sizeof(struct card_descriptor_registers) == 0x20, "card_descriptor_registers");

#define CARD_DESCRIPTOR_CONTROL_OFFSET UINT32_C(0x00000000)
#define CARD_DESCRIPTOR_CONTROL_RESET UINT32_C(0x00000000)
#define CARD_DESCRIPTOR_CONTROL_RESET_MASK UINT32_C(0xffffffff)
#define CARD_DESCRIPTOR_CONTROL_STOP_SHIFT 0
#define CARD_DESCRIPTOR_CONTROL_STOP_MASK UINT32_C(0x00000001)
#define CARD_DESCRIPTOR_CONTROL_MAGIC_SHIFT 16
#define CARD_DESCRIPTOR_CONTROL_MAGIC_MASK UINT32_C(0xffff0000)

#define CARD_DESCRIPTOR_LENGTH_OFFSET UINT32_C(0x00000004)
#define CARD_DESCRIPTOR_LENGTH_RESET UINT32_C(0x00000000)
#define CARD_DESCRIPTOR_LENGTH_RESET_MASK UINT32_C(0xffffffff)

#define CARD_DESCRIPTOR_SOURCE_OFFSET UINT32_C(0x00000008)
#define CARD_DESCRIPTOR_SOURCE_RESET UINT64_C(0x0)
#define CARD_DESCRIPTOR_SOURCE_RESET_MASK UINT64_C(0xffffffff)

#define CARD_DESCRIPTOR_DESTINATION_OFFSET UINT32_C(0x00000010)
#define CARD_DESCRIPTOR_DESTINATION_RESET UINT64_C(0x0)
#define CARD_DESCRIPTOR_DESTINATION_RESET_MASK UINT64_C(0xffffffff)

#define CARD_DESCRIPTOR_NEXT_OFFSET UINT32_C(0x00000018)
#define CARD_DESCRIPTOR_NEXT_RESET UINT64_C(0x0)
#define CARD_DESCRIPTOR_NEXT_RESET_MASK UINT64_C(0xffffffff)

#endif /* REGISTER_MAP_CARD_H */
