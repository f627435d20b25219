package dev.weft.control.cli;

import dev.weft.config.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import picocli.CommandLine;

/** Words instead of a stack trace for files and directories that cannot be used. */
final class Unreadable {
    private Unreadable() {}

    static CommandLine inWords(CommandLine line) {
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            Exception cause =
                    failure instanceof UncheckedIOException io && io.getCause() != null ? io.getCause() : failure;
            if (!(cause instanceof IOException unreadable)) {
                throw failure;
            }
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + words(unreadable));
            return ExitCode.USAGE;
        });
    }

    /** The exceptions of files say the file, and leave to their class what is wrong with it. */
    static String words(IOException failure) {
        String kind = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
        String said = String.valueOf(failure.getMessage());
        boolean onlyAFile = failure instanceof FileSystemException file && file.getReason() == null;
        return Printable.of(
                onlyAFile
                        ? said + ": "
                                + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
                        : said);
    }
}
