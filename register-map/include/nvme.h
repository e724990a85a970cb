/*
 * NVM Express controller, as its base specification has it: registers, doorbells, entries of
 * queues.
 *
 * Generated from nvme.svd by register-gen; changes belong there.
 */
#ifndef REGISTER_MAP_NVME_H
#define REGISTER_MAP_NVME_H

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

#define NVME_PCI_VENDOR 0x1b36
#define NVME_PCI_DEVICE 0x0010

/* NVME. */
#define NVME_BAR 0
#define NVME_BAR_OFFSET UINT64_C(0x0)

/* Registers of the controller; registers of 64 bits are taken by halves. */
struct nvme_registers {
    /* 0x00: Capabilities, bits 31:0. */
    REGISTER_MAP_READ_ONLY uint32_t cap_low;
    /* 0x04: Capabilities, bits 63:32. */
    REGISTER_MAP_READ_ONLY uint32_t cap_high;
    /* 0x08: Version of the specification that the controller keeps to. */
    REGISTER_MAP_READ_ONLY uint32_t vs;
    /* 0x0c: Masks the interrupts whose bits are written as 1; not with MSI-X. A one sets its bit. */
    REGISTER_MAP_READ_WRITE uint32_t intms;
    /* 0x10: Lets the interrupts through whose bits are written as 1; not with MSI-X. A one clears
       its bit. */
    REGISTER_MAP_READ_WRITE uint32_t intmc;
    /* 0x14: Configuration. It decides what addresses in entries mean, and lets the controller go.
       A write may start the device. */
    REGISTER_MAP_READ_WRITE uint32_t cc;
    uint8_t reserved[0x4];
    /* 0x1c: Status. */
    REGISTER_MAP_READ_ONLY uint32_t csts;
    uint8_t reserved_2[0x4];
    /* 0x24: Entries of the admin queues. */
    REGISTER_MAP_READ_WRITE uint32_t aqa;
    /* 0x28: Where the admin submission queue is, bits 31:0. One half of ASQ: the low half is
       written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t asq_low;
    /* 0x2c: Where the admin submission queue is, bits 63:32. One half of ASQ: the low half is
       written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t asq_high;
    /* 0x30: Where the admin completion queue is, bits 31:0. One half of ACQ: the low half is
       written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t acq_low;
    /* 0x34: Where the admin completion queue is, bits 63:32. One half of ACQ: the low half is
       written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t acq_high;
    uint8_t reserved_3[0xfc8];
    /* 0x1000: Doorbells, as far apart as CAP says: of queue n, twice n the new tail of its
       submission queue, and the one after it the new head of its completion queue. A write may
       start the device. */
    REGISTER_MAP_WRITE_ONLY uint32_t doorbell[64];
};
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, cap_low) == 0x0, "cap_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, cap_high) == 0x4, "cap_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, vs) == 0x8, "vs");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, intms) == 0xc, "intms");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, intmc) == 0x10, "intmc");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, cc) == 0x14, "cc");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, csts) == 0x1c, "csts");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, aqa) == 0x24, "aqa");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, asq_low) == 0x28, "asq_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, asq_high) == 0x2c, "asq_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, acq_low) == 0x30, "acq_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, acq_high) == 0x34, "acq_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_registers, doorbell) == 0x1000, "doorbell");
REGISTER_MAP_ASSERT(sizeof(struct nvme_registers) == 0x1100, "nvme_registers");

#define NVME_CAP_LOW_OFFSET UINT32_C(0x00000000)
#define NVME_CAP_LOW_MQES_SHIFT 0
#define NVME_CAP_LOW_MQES_MASK UINT32_C(0x0000ffff)
#define NVME_CAP_LOW_CQR_SHIFT 16
#define NVME_CAP_LOW_CQR_MASK UINT32_C(0x00010000)
#define NVME_CAP_LOW_TO_SHIFT 24
#define NVME_CAP_LOW_TO_MASK UINT32_C(0xff000000)

#define NVME_CAP_HIGH_OFFSET UINT32_C(0x00000004)
#define NVME_CAP_HIGH_DSTRD_SHIFT 0
#define NVME_CAP_HIGH_DSTRD_MASK UINT32_C(0x0000000f)
#define NVME_CAP_HIGH_MPSMIN_SHIFT 16
#define NVME_CAP_HIGH_MPSMIN_MASK UINT32_C(0x000f0000)
#define NVME_CAP_HIGH_MPSMAX_SHIFT 20
#define NVME_CAP_HIGH_MPSMAX_MASK UINT32_C(0x00f00000)

#define NVME_VS_OFFSET UINT32_C(0x00000008)
#define NVME_VS_TERTIARY_SHIFT 0
#define NVME_VS_TERTIARY_MASK UINT32_C(0x000000ff)
#define NVME_VS_MINOR_SHIFT 8
#define NVME_VS_MINOR_MASK UINT32_C(0x0000ff00)
#define NVME_VS_MAJOR_SHIFT 16
#define NVME_VS_MAJOR_MASK UINT32_C(0xffff0000)

#define NVME_INTMS_OFFSET UINT32_C(0x0000000c)
#define NVME_INTMS_RESET UINT32_C(0x00000000)
#define NVME_INTMS_RESET_MASK UINT32_C(0xffffffff)

#define NVME_INTMC_OFFSET UINT32_C(0x00000010)
#define NVME_INTMC_RESET UINT32_C(0x00000000)
#define NVME_INTMC_RESET_MASK UINT32_C(0xffffffff)

#define NVME_CC_OFFSET UINT32_C(0x00000014)
#define NVME_CC_RESET UINT32_C(0x00000000)
#define NVME_CC_RESET_MASK UINT32_C(0xffffffff)
#define NVME_CC_EN_SHIFT 0
#define NVME_CC_EN_MASK UINT32_C(0x00000001)
#define NVME_CC_CSS_SHIFT 4
#define NVME_CC_CSS_MASK UINT32_C(0x00000070)
#define NVME_CC_CSS_NVM UINT32_C(0x00)
#define NVME_CC_MPS_SHIFT 7
#define NVME_CC_MPS_MASK UINT32_C(0x00000780)
#define NVME_CC_AMS_SHIFT 11
#define NVME_CC_AMS_MASK UINT32_C(0x00003800)
#define NVME_CC_AMS_ROUND_ROBIN UINT32_C(0x00)
#define NVME_CC_SHN_SHIFT 14
#define NVME_CC_SHN_MASK UINT32_C(0x0000c000)
#define NVME_CC_SHN_NONE UINT32_C(0x00)
#define NVME_CC_SHN_NORMAL UINT32_C(0x01)
#define NVME_CC_SHN_ABRUPT UINT32_C(0x02)
#define NVME_CC_IOSQES_SHIFT 16
#define NVME_CC_IOSQES_MASK UINT32_C(0x000f0000)
#define NVME_CC_IOCQES_SHIFT 20
#define NVME_CC_IOCQES_MASK UINT32_C(0x00f00000)

#define NVME_CSTS_OFFSET UINT32_C(0x0000001c)
#define NVME_CSTS_RESET UINT32_C(0x00000000)
#define NVME_CSTS_RESET_MASK UINT32_C(0xffffffff)
#define NVME_CSTS_RDY_SHIFT 0
#define NVME_CSTS_RDY_MASK UINT32_C(0x00000001)
#define NVME_CSTS_CFS_SHIFT 1
#define NVME_CSTS_CFS_MASK UINT32_C(0x00000002)
#define NVME_CSTS_SHST_SHIFT 2
#define NVME_CSTS_SHST_MASK UINT32_C(0x0000000c)
#define NVME_CSTS_SHST_NONE UINT32_C(0x00)
#define NVME_CSTS_SHST_OCCURRING UINT32_C(0x01)
#define NVME_CSTS_SHST_COMPLETE UINT32_C(0x02)

#define NVME_AQA_OFFSET UINT32_C(0x00000024)
#define NVME_AQA_RESET UINT32_C(0x00000000)
#define NVME_AQA_RESET_MASK UINT32_C(0xffffffff)
#define NVME_AQA_ASQS_SHIFT 0
#define NVME_AQA_ASQS_MASK UINT32_C(0x00000fff)
#define NVME_AQA_ACQS_SHIFT 16
#define NVME_AQA_ACQS_MASK UINT32_C(0x0fff0000)

#define NVME_ASQ_LOW_OFFSET UINT32_C(0x00000028)
#define NVME_ASQ_LOW_RESET UINT32_C(0x00000000)
#define NVME_ASQ_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_ASQ_HIGH_OFFSET UINT32_C(0x0000002c)
#define NVME_ASQ_HIGH_RESET UINT32_C(0x00000000)
#define NVME_ASQ_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define NVME_ACQ_LOW_OFFSET UINT32_C(0x00000030)
#define NVME_ACQ_LOW_RESET UINT32_C(0x00000000)
#define NVME_ACQ_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_ACQ_HIGH_OFFSET UINT32_C(0x00000034)
#define NVME_ACQ_HIGH_RESET UINT32_C(0x00000000)
#define NVME_ACQ_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define NVME_DOORBELL_OFFSET UINT32_C(0x00001000)
#define NVME_DOORBELL_COUNT 64
#define NVME_DOORBELL_STRIDE UINT32_C(0x00000004)
#define NVME_DOORBELL_RESET UINT32_C(0x00000000)
#define NVME_DOORBELL_RESET_MASK UINT32_C(0xffffffff)
#define NVME_DOORBELL_INDEX_SHIFT 0
#define NVME_DOORBELL_INDEX_MASK UINT32_C(0x0000ffff)

/* ASQ: 64 bits in two registers, the low half first. */
#define NVME_ASQ_LOW_HALF_OFFSET UINT32_C(0x00000028)
#define NVME_ASQ_HIGH_HALF_OFFSET UINT32_C(0x0000002c)

/* ACQ: 64 bits in two registers, the low half first. */
#define NVME_ACQ_LOW_HALF_OFFSET UINT32_C(0x00000030)
#define NVME_ACQ_HIGH_HALF_OFFSET UINT32_C(0x00000034)

/* SubmissionEntry, in memory that CPU and device share. */

/* One entry of a submission queue, 64 bytes in memory, little-endian. */
struct nvme_submission_entry_registers {
    /* 0x00: What to do. */
    REGISTER_MAP_ALIGNED(64) REGISTER_MAP_READ_WRITE uint32_t command;
    /* 0x04: Namespace. */
    REGISTER_MAP_READ_WRITE uint32_t nsid;
    /* 0x08: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw2;
    /* 0x0c: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw3;
    /* 0x10: Where the metadata is, bits 31:0. One half of METADATA: the low half is written first.
       The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t metadata_low;
    /* 0x14: Where the metadata is, bits 63:32. One half of METADATA: the low half is written
       first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t metadata_high;
    /* 0x18: Where the data begins, bits 31:0. One half of PRP1: the low half is written first. The
       device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t prp1_low;
    /* 0x1c: Where the data begins, bits 63:32. One half of PRP1: the low half is written first.
       The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t prp1_high;
    /* 0x20: Where the second page of the data is, or a list of all but the first, bits 31:0. One
       half of PRP2: the low half is written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t prp2_low;
    /* 0x24: Where the second page of the data is, or a list of all but the first, bits 63:32. One
       half of PRP2: the low half is written first. The device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t prp2_high;
    /* 0x28: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw10;
    /* 0x2c: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw11;
    /* 0x30: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw12;
    /* 0x34: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw13;
    /* 0x38: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw14;
    /* 0x3c: Depends on the command. */
    REGISTER_MAP_READ_WRITE uint32_t dw15;
};
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, command) == 0x0, "command");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, nsid) == 0x4, "nsid");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw2) == 0x8, "dw2");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw3) == 0xc, "dw3");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, metadata_low) == 0x10, "metadata_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, metadata_high) == 0x14, "metadata_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, prp1_low) == 0x18, "prp1_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, prp1_high) == 0x1c, "prp1_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, prp2_low) == 0x20, "prp2_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, prp2_high) == 0x24, "prp2_high");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw10) == 0x28, "dw10");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw11) == 0x2c, "dw11");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw12) == 0x30, "dw12");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw13) == 0x34, "dw13");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw14) == 0x38, "dw14");
REGISTER_MAP_ASSERT(offsetof(struct nvme_submission_entry_registers, dw15) == 0x3c, "dw15");
REGISTER_MAP_ASSERT(sizeof(struct nvme_submission_entry_registers) == 0x40, "nvme_submission_entry_registers");

#define NVME_SUBMISSION_ENTRY_COMMAND_OFFSET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_COMMAND_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_COMMAND_RESET_MASK UINT32_C(0xffffffff)
#define NVME_SUBMISSION_ENTRY_COMMAND_OPCODE_SHIFT 0
#define NVME_SUBMISSION_ENTRY_COMMAND_OPCODE_MASK UINT32_C(0x000000ff)
#define NVME_SUBMISSION_ENTRY_COMMAND_FUSE_SHIFT 8
#define NVME_SUBMISSION_ENTRY_COMMAND_FUSE_MASK UINT32_C(0x00000300)
#define NVME_SUBMISSION_ENTRY_COMMAND_PSDT_SHIFT 14
#define NVME_SUBMISSION_ENTRY_COMMAND_PSDT_MASK UINT32_C(0x0000c000)
#define NVME_SUBMISSION_ENTRY_COMMAND_PSDT_PRP UINT32_C(0x00)
#define NVME_SUBMISSION_ENTRY_COMMAND_CID_SHIFT 16
#define NVME_SUBMISSION_ENTRY_COMMAND_CID_MASK UINT32_C(0xffff0000)

#define NVME_SUBMISSION_ENTRY_NSID_OFFSET UINT32_C(0x00000004)
#define NVME_SUBMISSION_ENTRY_NSID_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_NSID_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW2_OFFSET UINT32_C(0x00000008)
#define NVME_SUBMISSION_ENTRY_DW2_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW2_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW3_OFFSET UINT32_C(0x0000000c)
#define NVME_SUBMISSION_ENTRY_DW3_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW3_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_METADATA_LOW_OFFSET UINT32_C(0x00000010)
#define NVME_SUBMISSION_ENTRY_METADATA_LOW_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_METADATA_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_METADATA_HIGH_OFFSET UINT32_C(0x00000014)
#define NVME_SUBMISSION_ENTRY_METADATA_HIGH_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_METADATA_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_PRP1_LOW_OFFSET UINT32_C(0x00000018)
#define NVME_SUBMISSION_ENTRY_PRP1_LOW_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_PRP1_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_PRP1_HIGH_OFFSET UINT32_C(0x0000001c)
#define NVME_SUBMISSION_ENTRY_PRP1_HIGH_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_PRP1_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_PRP2_LOW_OFFSET UINT32_C(0x00000020)
#define NVME_SUBMISSION_ENTRY_PRP2_LOW_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_PRP2_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_PRP2_HIGH_OFFSET UINT32_C(0x00000024)
#define NVME_SUBMISSION_ENTRY_PRP2_HIGH_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_PRP2_HIGH_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW10_OFFSET UINT32_C(0x00000028)
#define NVME_SUBMISSION_ENTRY_DW10_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW10_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW11_OFFSET UINT32_C(0x0000002c)
#define NVME_SUBMISSION_ENTRY_DW11_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW11_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW12_OFFSET UINT32_C(0x00000030)
#define NVME_SUBMISSION_ENTRY_DW12_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW12_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW13_OFFSET UINT32_C(0x00000034)
#define NVME_SUBMISSION_ENTRY_DW13_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW13_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW14_OFFSET UINT32_C(0x00000038)
#define NVME_SUBMISSION_ENTRY_DW14_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW14_RESET_MASK UINT32_C(0xffffffff)

#define NVME_SUBMISSION_ENTRY_DW15_OFFSET UINT32_C(0x0000003c)
#define NVME_SUBMISSION_ENTRY_DW15_RESET UINT32_C(0x00000000)
#define NVME_SUBMISSION_ENTRY_DW15_RESET_MASK UINT32_C(0xffffffff)

/* METADATA: 64 bits in two registers, the low half first. */
#define NVME_SUBMISSION_ENTRY_METADATA_LOW_HALF_OFFSET UINT32_C(0x00000010)
#define NVME_SUBMISSION_ENTRY_METADATA_HIGH_HALF_OFFSET UINT32_C(0x00000014)

/* PRP1: 64 bits in two registers, the low half first. */
#define NVME_SUBMISSION_ENTRY_PRP1_LOW_HALF_OFFSET UINT32_C(0x00000018)
#define NVME_SUBMISSION_ENTRY_PRP1_HIGH_HALF_OFFSET UINT32_C(0x0000001c)

/* PRP2: 64 bits in two registers, the low half first. */
#define NVME_SUBMISSION_ENTRY_PRP2_LOW_HALF_OFFSET UINT32_C(0x00000020)
#define NVME_SUBMISSION_ENTRY_PRP2_HIGH_HALF_OFFSET UINT32_C(0x00000024)

/* CompletionEntry, in memory that CPU and device share. */

/* One entry of a completion queue, 16 bytes in memory, little-endian. */
struct nvme_completion_entry_registers {
    /* 0x00: Depends on the command. */
    REGISTER_MAP_ALIGNED(16) REGISTER_MAP_READ_WRITE uint32_t result;
    /* 0x04: Reserved. */
    REGISTER_MAP_READ_WRITE uint32_t dw1;
    /* 0x08: How far the submission queue was read. */
    REGISTER_MAP_READ_WRITE uint32_t queue;
    /* 0x0c: Which command ended, and how. */
    REGISTER_MAP_READ_WRITE uint32_t status;
};
REGISTER_MAP_ASSERT(offsetof(struct nvme_completion_entry_registers, result) == 0x0, "result");
REGISTER_MAP_ASSERT(offsetof(struct nvme_completion_entry_registers, dw1) == 0x4, "dw1");
REGISTER_MAP_ASSERT(offsetof(struct nvme_completion_entry_registers, queue) == 0x8, "queue");
REGISTER_MAP_ASSERT(offsetof(struct nvme_completion_entry_registers, status) == 0xc, "status");
REGISTER_MAP_ASSERT(sizeof(struct nvme_completion_entry_registers) == 0x10, "nvme_completion_entry_registers");

#define NVME_COMPLETION_ENTRY_RESULT_OFFSET UINT32_C(0x00000000)
#define NVME_COMPLETION_ENTRY_RESULT_RESET UINT32_C(0x00000000)
#define NVME_COMPLETION_ENTRY_RESULT_RESET_MASK UINT32_C(0xffffffff)

#define NVME_COMPLETION_ENTRY_DW1_OFFSET UINT32_C(0x00000004)
#define NVME_COMPLETION_ENTRY_DW1_RESET UINT32_C(0x00000000)
#define NVME_COMPLETION_ENTRY_DW1_RESET_MASK UINT32_C(0xffffffff)

#define NVME_COMPLETION_ENTRY_QUEUE_OFFSET UINT32_C(0x00000008)
#define NVME_COMPLETION_ENTRY_QUEUE_RESET UINT32_C(0x00000000)
#define NVME_COMPLETION_ENTRY_QUEUE_RESET_MASK UINT32_C(0xffffffff)
#define NVME_COMPLETION_ENTRY_QUEUE_SQHD_SHIFT 0
#define NVME_COMPLETION_ENTRY_QUEUE_SQHD_MASK UINT32_C(0x0000ffff)
#define NVME_COMPLETION_ENTRY_QUEUE_SQID_SHIFT 16
#define NVME_COMPLETION_ENTRY_QUEUE_SQID_MASK UINT32_C(0xffff0000)

#define NVME_COMPLETION_ENTRY_STATUS_OFFSET UINT32_C(0x0000000c)
#define NVME_COMPLETION_ENTRY_STATUS_RESET UINT32_C(0x00000000)
#define NVME_COMPLETION_ENTRY_STATUS_RESET_MASK UINT32_C(0xffffffff)
#define NVME_COMPLETION_ENTRY_STATUS_CID_SHIFT 0
#define NVME_COMPLETION_ENTRY_STATUS_CID_MASK UINT32_C(0x0000ffff)
#define NVME_COMPLETION_ENTRY_STATUS_PHASE_SHIFT 16
#define NVME_COMPLETION_ENTRY_STATUS_PHASE_MASK UINT32_C(0x00010000)
#define NVME_COMPLETION_ENTRY_STATUS_SC_SHIFT 17
#define NVME_COMPLETION_ENTRY_STATUS_SC_MASK UINT32_C(0x01fe0000)
#define NVME_COMPLETION_ENTRY_STATUS_SCT_SHIFT 25
#define NVME_COMPLETION_ENTRY_STATUS_SCT_MASK UINT32_C(0x0e000000)
#define NVME_COMPLETION_ENTRY_STATUS_MORE_SHIFT 30
#define NVME_COMPLETION_ENTRY_STATUS_MORE_MASK UINT32_C(0x40000000)
#define NVME_COMPLETION_ENTRY_STATUS_DNR_SHIFT 31
#define NVME_COMPLETION_ENTRY_STATUS_DNR_MASK UINT32_C(0x80000000)

/* PrpEntry, in memory that CPU and device share. */

/* One entry of a list of pages, little-endian. */
struct nvme_prp_entry_registers {
    /* 0x00: Where a page is, bits 31:0. One half of PAGE: the low half is written first. The
       device masters the bus with it. */
    REGISTER_MAP_ALIGNED(8) REGISTER_MAP_READ_WRITE uint32_t page_low;
    /* 0x04: Where a page is, bits 63:32. One half of PAGE: the low half is written first. The
       device masters the bus with it. */
    REGISTER_MAP_READ_WRITE uint32_t page_high;
};
REGISTER_MAP_ASSERT(offsetof(struct nvme_prp_entry_registers, page_low) == 0x0, "page_low");
REGISTER_MAP_ASSERT(offsetof(struct nvme_prp_entry_registers, page_high) == 0x4, "page_high");
REGISTER_MAP_ASSERT(sizeof(struct nvme_prp_entry_registers) == 0x8, "nvme_prp_entry_registers");

#define NVME_PRP_ENTRY_PAGE_LOW_OFFSET UINT32_C(0x00000000)
#define NVME_PRP_ENTRY_PAGE_LOW_RESET UINT32_C(0x00000000)
#define NVME_PRP_ENTRY_PAGE_LOW_RESET_MASK UINT32_C(0xffffffff)

#define NVME_PRP_ENTRY_PAGE_HIGH_OFFSET UINT32_C(0x00000004)
#define NVME_PRP_ENTRY_PAGE_HIGH_RESET UINT32_C(0x00000000)
#define NVME_PRP_ENTRY_PAGE_HIGH_RESET_MASK UINT32_C(0xffffffff)

/* PAGE: 64 bits in two registers, the low half first. */
#define NVME_PRP_ENTRY_PAGE_LOW_HALF_OFFSET UINT32_C(0x00000000)
#define NVME_PRP_ENTRY_PAGE_HIGH_HALF_OFFSET UINT32_C(0x00000004)

#endif /* REGISTER_MAP_NVME_H */
