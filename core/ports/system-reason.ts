/** Why the system refuses a file, in words where they are known. */
export function systemReason(error: Error): string {
  switch ("code" in error ? error.code : undefined) {
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "the disk is full";
    case "EDQUOT":
      return "the quota of disk space is used up";
    case "EACCES":
    case "EPERM":
      return "you have no right to";
    default:
      return error.message;
  }
}
