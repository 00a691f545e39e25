"""The commands of `fangzhi`, one file each."""
