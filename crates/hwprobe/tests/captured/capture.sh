#!/bin/sh
# Writes the files of the kernel that hwprobe reads, as this process sees them, in the form of `tail -n +1 FILES`.
# Of a process in two nested groups of version 1, on one of two CPUs:
#
#   mkdir -p /sys/fs/cgroup/cpu/outer/inner /sys/fs/cgroup/memory/outer/inner
#   echo 150000 > /sys/fs/cgroup/cpu/outer/cpu.cfs_quota_us
#   echo 1073741824 > /sys/fs/cgroup/memory/outer/memory.limit_in_bytes
#   echo 536870912 > /sys/fs/cgroup/memory/outer/inner/memory.limit_in_bytes
#   sh -c 'for c in cpu memory; do echo $$ > /sys/fs/cgroup/$c/outer/inner/cgroup.procs; done;
#          exec taskset -c 1 sh tests/captured/capture.sh' > tests/captured/nested-v1.txt
cd / && exec tail -n +1 etc/os-release proc/stat proc/cpuinfo proc/meminfo proc/diskstats proc/net/dev \
    proc/self/status proc/self/cgroup proc/self/mountinfo proc/self/stat proc/self/io \
    sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list \
    sys/devices/system/cpu/cpu[0-9]*/cache/index*/level sys/devices/system/cpu/cpu[0-9]*/cache/index*/type \
    sys/devices/system/cpu/cpu[0-9]*/cache/index*/size sys/devices/system/cpu/cpu[0-9]*/cache/index*/shared_cpu_list \
    sys/devices/system/node/node*/cpulist sys/devices/system/node/node*/meminfo \
    sys/fs/cgroup/cpu/cpu.cfs_*_us sys/fs/cgroup/cpu/outer/cpu.cfs_*_us sys/fs/cgroup/cpu/outer/inner/cpu.cfs_*_us \
    sys/fs/cgroup/memory/memory.limit_in_bytes sys/fs/cgroup/memory/memory.usage_in_bytes \
    sys/fs/cgroup/memory/memory.stat sys/fs/cgroup/memory/outer/memory.limit_in_bytes \
    sys/fs/cgroup/memory/outer/memory.usage_in_bytes sys/fs/cgroup/memory/outer/memory.stat \
    sys/fs/cgroup/memory/outer/inner/memory.limit_in_bytes sys/fs/cgroup/memory/outer/inner/memory.usage_in_bytes \
    sys/fs/cgroup/memory/outer/inner/memory.stat
