package dev.weft.samples.bookinfo.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The command line of {@code samples/bookinfo/run}.
 *
 * @param check play and measure instead of waiting for somebody to look
 * @param help only say what there is
 * @param port of the page; empty: 9080 if it is free, else any
 */
record Options(boolean check, boolean help, OptionalInt port) {
    static final String USAGE = """
            Usage: samples/bookinfo/run [--port PORT]    start Bookinfo, watch who answers, Ctrl-C stops it
                   samples/bookinfo/run --check          play all scenes, kill processes, exit 0 if nothing was missed
              --port PORT   where the page is served; without it 9080 if that is free, else any free port
            """;

    static Options of(String... args) throws Trouble {
        boolean check = false;
        boolean help = false;
        OptionalInt port = OptionalInt.empty();
        List<String> rest = new ArrayList<>(List.of(args));
        while (!rest.isEmpty()) {
            String option = rest.remove(0);
            switch (option) {
                case "--check" -> check = true;
                case "--help", "-h" -> help = true;
                case "--port" -> port = OptionalInt.of(port(rest.isEmpty() ? "nothing" : rest.remove(0)));
                default -> throw new Trouble("unknown option " + option + "\n" + USAGE);
            }
        }
        return new Options(check, help, port);
    }

    private static int port(String text) throws Trouble {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw new Trouble("--port: expected a number from 1 to 65535 and not " + text);
    }
}
