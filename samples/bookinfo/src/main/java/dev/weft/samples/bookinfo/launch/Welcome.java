package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;

/** What is said once, when everything runs. */
final class Welcome {
    private Welcome() {}

    static String text(Bookinfo bookinfo, Path mesh) {
        StringBuilder text = new StringBuilder("""

                Bookinfo runs: %d JVMs, no sidecar.

                  page   %s   (sign in as jason to be jason)
                  edit   %s/*.yaml   traffic follows within a second; it is a copy of
                         %s, made anew at each start
                  who    every call is mutual TLS, and who-may-call.yaml there says who may call whom: write sa/nobody for
                         sa/reviews, and jason's stars become 403 RBAC: access denied; undo it, and they are back
                  ask    bin/meshctl proxy-status --server 127.0.0.1:%d
                  logs   %s

                Type a number and Enter to copy that scene there, or q to stop:
                """.formatted(
                        bookinfo.processes(),
                        bookinfo.page(),
                        bookinfo.config(),
                        mesh,
                        bookinfo.control().port(),
                        bookinfo.directory()));
        for (Scene scene : Scene.values()) {
            text.append("  %s  %s%n".formatted(scene.key(), scene.words()));
        }
        return text.toString();
    }
}
