package dev.weft.control.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of {@code meshctl} in this process said. */
public record MeshctlRun(int code, String out, String err) {

    public static MeshctlRun of(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Meshctl.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(command);
        return new MeshctlRun(code, out.toString(), err.toString());
    }
}
