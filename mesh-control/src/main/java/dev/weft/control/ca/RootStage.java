package dev.weft.control.ca;

/** Where the change from one root to the next stands. Each stage outlives the certificates of the one before. */
public enum RootStage {
    /** one root is trusted, and signs */
    ONE_ROOT,
    /** the new root is trusted beside the old one, which still signs */
    NEW_PUBLISHED,
    /** both are trusted, the new one signs */
    NEW_SIGNS
}
