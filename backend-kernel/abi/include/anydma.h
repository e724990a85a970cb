/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/*
 * The interface between the kernel module and programs, for programs in C.
 *
 * The same as src/uapi.rs, which explains it, word for word; a test compares numbers, lengths and
 * offsets. A program opens /dev/anydma/0000:01:00.0, compares ANYDMA_GET_VERSION with
 * ANYDMA_VERSION, and gives commands by ioctl(2).
 */
#ifndef ANYDMA_H
#define ANYDMA_H

#include <linux/ioctl.h>
#include <linux/types.h>

/*
 * The version of the interface. It goes up when something changes that older clients rely on;
 * what is added leaves it as it is, and shows in Info::features.
 */
#define ANYDMA_VERSION 1

/* The folder of the device nodes; each is named after the function, as "0000:01:00.0". */
#define ANYDMA_NODES "/dev/anydma"

/* The name of the driver: what driver_override and new_id are for. */
#define ANYDMA_DRIVER "anydma"

/* How many BARs a function has at most. */
#define ANYDMA_BARS 6

/*
 * The longest memory that one Allocate or Map can be for, in bytes: what fits between two
 * offsets of mmap(2).
 */
#define ANYDMA_LONGEST (1ull << 32)

/* The fewest address bits that a device can have. */
#define ANYDMA_FEWEST_BITS 24

/*
 * What an offset of mmap(2) is shifted by to hold an id: memory id begins at (id + 1) <<
 * OFFSET_SHIFT.
 */
#define ANYDMA_OFFSET_SHIFT 32

/* Where BAR 0 begins in mmap(2); BAR n is n << BAR_SHIFT further. */
#define ANYDMA_BAR_OFFSET (1ull << 56)

/* What the number of a BAR is shifted by. */
#define ANYDMA_BAR_SHIFT 52

/*
 * SetEvent::vector of the event "the device is wanted back": somebody unbinds or removes it
 * and waits for every file and mapping of it to be closed.
 */
#define ANYDMA_VECTOR_REQUEST 0xffffffffu

/* What the module can do, in Info::features. */
/* Everything of version 1. */
#define ANYDMA_FEATURE_BASE (1u << 0)

/* What is true of the device, in Info::flags. */
/* The device sees what the CPU wrote, and the other way round, without SYNC. */
#define ANYDMA_INFO_COHERENT (1u << 0)
/* An IOMMU translates: the device reaches what was lent to it and nothing else. */
#define ANYDMA_INFO_TRANSLATED (1u << 1)
/* What is freed is out of the device's reach at once, not some milliseconds later. */
#define ANYDMA_INFO_STRICT (1u << 2)
/* No other device shares its translation, and its messages can raise no other's interrupt. */
#define ANYDMA_INFO_ISOLATED (1u << 3)
/* The function can be reset. */
#define ANYDMA_INFO_RESETTABLE (1u << 4)
/* It has a line interrupt that can be masked. */
#define ANYDMA_INFO_INTX (1u << 5)
/* Its bus mastering is on. */
#define ANYDMA_INFO_MASTER (1u << 6)
/* Other programs may open it too. */
#define ANYDMA_INFO_SHARED (1u << 7)

/* What a BAR is, in Bar::flags. */
/* It can be mapped. */
#define ANYDMA_BAR_MAPPABLE (1u << 0)
/* It has no side effects on reading. */
#define ANYDMA_BAR_PREFETCHABLE (1u << 1)

/* Which way data goes, in Map::flags; at least one. */
/* The device reads. */
#define ANYDMA_MAP_TO_DEVICE (1u << 0)
/* The device writes. */
#define ANYDMA_MAP_FROM_DEVICE (1u << 1)
/*
 * Written by the module: handing over needs SYNC, because the device does not see into the
 * caches or because the memory was out of its reach and is copied.
 */
#define ANYDMA_MAP_NEEDS_SYNC (1u << 8)

/* Who is to see what, in Sync::flags; exactly one. */
/* The device is to see what the CPU wrote. */
#define ANYDMA_SYNC_TO_DEVICE (1u << 0)
/* The CPU is to see what the device wrote. */
#define ANYDMA_SYNC_TO_CPU (1u << 1)

/* Interrupts::kind. */
/* None. */
#define ANYDMA_INTERRUPT_OFF 0
/* A line, which is masked as it fires, until REARM. */
#define ANYDMA_INTERRUPT_INTX 1
/* Messages. */
#define ANYDMA_INTERRUPT_MSI 2
/* Messages with a table of vectors. */
#define ANYDMA_INTERRUPT_MSIX 3

/* SetEvent::flags. */
/* The vector is delivered; without it, no longer. */
#define ANYDMA_EVENT_ON (1u << 0)

/* Rearm::flags. */
/* Holds the line back instead of letting it through. */
#define ANYDMA_REARM_MASK (1u << 0)

/* A BAR. */
struct anydma_bar {
	/* Length in bytes; 0 if there is no such BAR. */
	__u64 size;
	/* Where it begins in mmap(2). */
	__u64 offset;
	/* See bar. */
	__u32 flags;
	/* Zero. */
	__u32 reserved;
};

/* What there is to know about a device, written by GET_INFO. */
struct anydma_info {
	/* VERSION of the module. */
	__u32 version;
	/* See feature. */
	__u32 features;
	/* See info. */
	__u32 flags;
	/* Who made it. */
	__u16 vendor;
	/* Which it is. */
	__u16 device;
	/* Whose card it is on. */
	__u16 subsystem_vendor;
	/* Which card that is. */
	__u16 subsystem_device;
	/* Class, subclass and interface, as 0x010802 for NVMe. */
	__u32 class;
	/* The DMA mask: how many address bits the device has, see SET_MASK. */
	__u32 mask_bits;
	/* Length of a page in bytes; lengths and offsets of memory are multiples of it. */
	__u32 page;
	/* Length of a cache line in bytes: what must not be shared where SYNC is needed. */
	__u32 cache_line;
	/* How many MSI-X vectors it has. */
	__u32 msix_vectors;
	/* How many MSI vectors it has. */
	__u32 msi_vectors;
	/* How often it was reset since the module took it. */
	__u32 resets;
	/* How often its bus mastering was switched off since the module took it. */
	__u32 stops;
	/* How many bytes this file may allocate. */
	__u64 quota_bytes;
	/* How many bytes it has allocated. */
	__u64 used_bytes;
	/* How many pieces of memory, allocated or mapped, it may have. */
	__u32 quota_pieces;
	/* How many it has. */
	__u32 used_pieces;
	/* Its BARs. */
	struct anydma_bar bars[ANYDMA_BARS];
};

/* For SET_MASK. */
struct anydma_set_mask {
	/* How many address bits the device decodes: FEWEST_BITS to 64. */
	__u32 bits;
	/* Zero. */
	__u32 flags;
};

/* For ALLOCATE. */
struct anydma_allocate {
	/* How many bytes: a multiple of the page, at most LONGEST. */
	__u64 length;
	/* Zero. */
	__u32 flags;
	/* Written: what names the memory in this file. */
	__u32 id;
	/* Written: what the device calls its first byte; the others follow. */
	__u64 handle;
	/* Written: where it begins in mmap(2). */
	__u64 offset;
};

/* For FREE. */
struct anydma_free {
	/* Memory of this file, allocated or mapped. */
	__u32 id;
	/* Zero. */
	__u32 flags;
};

/* A piece of memory that is in one piece for the device. */
struct anydma_run {
	/* What the device calls its first byte. */
	__u64 handle;
	/* Length in bytes. */
	__u64 length;
};

/* For MAP. */
struct anydma_map {
	/*
	 * Where the caller has the memory: its own address, a multiple of the page. Nothing
	 * for a device.
	 */
	__u64 address;
	/* How many bytes: a multiple of the page, at most LONGEST. */
	__u64 length;
	/* See map. */
	__u32 flags;
	/* Written: what names the memory in this file. */
	__u32 id;
	/* Written: how many runs it has. */
	__u32 runs;
	/* Zero. */
	__u32 reserved;
	/* Written: the first of them. */
	struct anydma_run first;
};

/* For GET_RUNS. */
struct anydma_get_runs {
	/* Memory of this file, allocated or mapped. */
	__u32 id;
	/* The first run that is wanted. */
	__u32 first;
	/* How many Runs there is room for; written: how many were filled in. */
	__u32 count;
	/* Zero. */
	__u32 flags;
	/* Where the room is in the caller's memory. */
	__u64 room;
};

/* For SYNC. */
struct anydma_sync {
	/* Memory of this file, allocated or mapped. */
	__u32 id;
	/* See sync. */
	__u32 flags;
	/* From which byte of it. */
	__u64 offset;
	/* How many bytes. */
	__u64 length;
};

/* For SET_INTERRUPTS. */
struct anydma_interrupts {
	/* See interrupt. */
	__u32 kind;
	/* How many vectors are wanted at most; written: how many there are. */
	__u32 count;
	/* Zero. */
	__u32 flags;
	/* Zero. */
	__u32 reserved;
};

/* For SET_EVENT. */
struct anydma_set_event {
	/* Which vector, or VECTOR_REQUEST. */
	__u32 vector;
	/* An eventfd that is to count; -1 to be told by poll(2) and read(2) alone. */
	__s32 fd;
	/* See event. */
	__u32 flags;
	/* Zero. */
	__u32 reserved;
};

/* For REARM. */
struct anydma_rearm {
	/* Which vector; a line has only 0. */
	__u32 vector;
	/* See rearm. */
	__u32 flags;
};

/* For SET_MASTER and SET_SHARED. */
struct anydma_switch {
	/* 1 is on, 0 off. */
	__u32 on;
	/* Zero. */
	__u32 flags;
};

/* For RESET. */
struct anydma_reset {
	/* Zero. */
	__u32 flags;
	/* Written: how often it was reset since the module took it. */
	__u32 resets;
};

/* Writes the module's VERSION, for ever in this form. */
#define ANYDMA_GET_VERSION _IOR(0xda, 0, __u32)

/* Writes an Info. */
#define ANYDMA_GET_INFO _IOR(0xda, 1, struct anydma_info)

/*
 * Takes a SetMask: how many address bits the device decodes. 32 until it is called, and again
 * when the last file is closed. EBUSY: memory is lent already. EIO: the host has no memory in
 * reach of such a device.
 */
#define ANYDMA_SET_MASK _IOW(0xda, 2, struct anydma_set_mask)

/*
 * Takes an Allocate: zeroed memory that CPU and device see alike, to be mapped by mmap(2).
 * ENOMEM: there is no memory within the mask. EDQUOT: the file has its share.
 */
#define ANYDMA_ALLOCATE _IOWR(0xda, 3, struct anydma_allocate)

/*
 * Takes a Free: takes memory away from the device, then frees or unpins it. ENOENT: the file
 * has no such memory. EBUSY: it is still mapped by mmap(2).
 */
#define ANYDMA_FREE _IOW(0xda, 4, struct anydma_free)

/*
 * Takes a Map: pins memory of the caller and lets the device reach it. EFAULT: the memory is
 * not there or may not be written. ENOMEM: it would exceed what the process may lock
 * (RLIMIT_MEMLOCK), or there are no addresses. EDQUOT: the file has its share.
 */
#define ANYDMA_MAP _IOWR(0xda, 5, struct anydma_map)

/*
 * Takes a GetRuns: writes where the device finds memory, run by run, in order. ENOENT: the
 * file has no such memory.
 */
#define ANYDMA_GET_RUNS _IOWR(0xda, 6, struct anydma_get_runs)

/*
 * Takes a Sync: hands bytes over between CPU and device. ENOENT: the file has no such memory.
 * ERANGE: it ends before.
 */
#define ANYDMA_SYNC _IOW(0xda, 7, struct anydma_sync)

/*
 * Takes an Interrupts: switches a kind of interrupt on, and what was on before off.
 * EOPNOTSUPP: the device or the host has no such. EBUSY: another file has them.
 */
#define ANYDMA_SET_INTERRUPTS _IOWR(0xda, 8, struct anydma_interrupts)

/*
 * Takes a SetEvent: says how a vector is told. EBADF, EINVAL: the number is not of an
 * eventfd. ENOENT: there is no such vector.
 */
#define ANYDMA_SET_EVENT _IOW(0xda, 9, struct anydma_set_event)

/*
 * Takes a Rearm: lets a line through again, or holds it back. ENOENT: there is no such
 * vector. EOPNOTSUPP: messages cannot be held back.
 */
#define ANYDMA_REARM _IOW(0xda, 10, struct anydma_rearm)

/* Takes a Switch: bus mastering. */
#define ANYDMA_SET_MASTER _IOW(0xda, 11, struct anydma_switch)

/*
 * Takes a Reset: switches bus mastering off, and resets the function. It stays off.
 * EOPNOTSUPP: it cannot be reset. EAGAIN: somebody else is configuring the device. ENODEV: it does
 * not answer; it was pulled out.
 */
#define ANYDMA_RESET _IOWR(0xda, 12, struct anydma_reset)

/* Takes a Switch: whether other programs may open the device too. */
#define ANYDMA_SET_SHARED _IOW(0xda, 13, struct anydma_switch)

#endif
