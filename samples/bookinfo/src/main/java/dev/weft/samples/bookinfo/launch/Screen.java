package dev.weft.samples.bookinfo.launch;

import java.io.PrintStream;
import java.util.List;

/** Redraws lines in place on a terminal; elsewhere writes one line now and then. */
final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private int drawn;
    private long quietUntil;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    void say(String text) {
        out.println(text);
        drawn = 0;
    }

    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\033[").append(drawn).append('A');
        }
        text.append("\033[J");
        lines.forEach(line -> text.append(line).append('\n'));
        drawn = lines.size();
        out.print(text);
        out.flush();
    }

    /** At most every five seconds. */
    void now(String line) {
        if (System.nanoTime() - quietUntil >= 0) {
            out.println(line);
            quietUntil = System.nanoTime() + 5_000_000_000L;
        }
    }
}
