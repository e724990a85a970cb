/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel offers as macros and inline functions only, which Rust cannot call.
 *
 * raw/glue.rs declares the same functions.
 */
#ifndef ANYDMA_GLUE_H
#define ANYDMA_GLUE_H

#include <linux/types.h>

struct device;
struct vm_area_struct;

#define ANYDMA_TRANSLATED 1
#define ANYDMA_STRICT 2
#define ANYDMA_ISOLATED 4

void anydma_prepare(struct device *dev);
u32 anydma_protection(struct device *dev);
u32 anydma_cache_line(void);
bool anydma_coherent(struct device *dev);
bool anydma_needs_sync(struct device *dev, dma_addr_t handle);
void anydma_sync(struct device *dev, dma_addr_t handle, size_t length, int direction, bool to_cpu);
void anydma_uncached(struct vm_area_struct *vma);

#endif
