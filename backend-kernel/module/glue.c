// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel offers as macros and inline functions only, which Rust cannot call.
 *
 * No decision is taken here that the Rust side could take.
 */
#include <linux/device.h>
#include <linux/dma-map-ops.h>
#include <linux/dma-mapping.h>
#include <linux/iommu.h>
#include <linux/mm.h>
#include <linux/pci.h>

#include "glue.h"

/* Lets runs of device addresses be as long as they come out, and cross any boundary. */
void anydma_prepare(struct device *dev)
{
	dma_set_max_seg_size(dev, UINT_MAX);
	dma_set_seg_boundary(dev, ULONG_MAX);
}

#ifdef CONFIG_IOMMU_API
static int another_endpoint(struct device *dev, void *except)
{
	if (dev == except)
		return 0;
	return !dev_is_pci(dev) || to_pci_dev(dev)->hdr_type == PCI_HEADER_TYPE_NORMAL;
}

/* What stands between the device and memory that was not lent to it. */
u32 anydma_protection(struct device *dev)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(dev);
	struct iommu_group *group = iommu_group_get(dev);
	u32 answer = 0;

	if (domain && (domain->type & __IOMMU_DOMAIN_PAGING)) {
		answer |= ANYDMA_TRANSLATED;
		if (domain->type == IOMMU_DOMAIN_DMA)
			answer |= ANYDMA_STRICT;
	}
	if (group) {
		if (iommu_group_has_isolated_msi(group) &&
		    !iommu_group_for_each_dev(group, dev, another_endpoint))
			answer |= ANYDMA_ISOLATED;
		iommu_group_put(group);
	}
	return answer;
}
#else
u32 anydma_protection(struct device *dev)
{
	return 0;
}
#endif

/* What CPU and device must not share where caches are maintained. */
u32 anydma_cache_line(void)
{
	return dma_get_cache_alignment();
}

bool anydma_coherent(struct device *dev)
{
	return dev_is_dma_coherent(dev);
}

bool anydma_needs_sync(struct device *dev, dma_addr_t handle)
{
	return dma_need_sync(dev, handle);
}

void anydma_sync(struct device *dev, dma_addr_t handle, size_t length, int direction, bool to_cpu)
{
	if (to_cpu)
		dma_sync_single_for_cpu(dev, handle, length, direction);
	else
		dma_sync_single_for_device(dev, handle, length, direction);
}

/* Registers are neither cached nor gathered. */
void anydma_uncached(struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
}
