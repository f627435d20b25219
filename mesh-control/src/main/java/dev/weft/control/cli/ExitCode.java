package dev.weft.control.cli;

/** What the commands' exit codes mean; 2 is also what the command line parser itself gives for wrong usage. */
final class ExitCode {
    static final int GOOD = 0;
    /** The command worked and found something that somebody should look at. */
    static final int FINDINGS = 1;

    static final int USAGE = 2;
    /** The server cannot be reached. */
    static final int UNREACHABLE = 3;
    /** The server refused, for want of credentials. */
    static final int REFUSED = 4;

    private ExitCode() {}
}
