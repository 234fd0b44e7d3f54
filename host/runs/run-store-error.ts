/** A run cannot be recorded, read or changed: the message is for the user, and says what to do. */
export class RunStoreError extends Error {}
