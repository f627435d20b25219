package dev.weft.control.cli;

import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TlsOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code serve} says when it is ready: where it listens, and where everything is kept. */
final class ReadyLine {
    private ReadyLine() {}

    static List<String> of(ControlPlane plane, ControlPlaneOptions options) {
        List<String> lines = new ArrayList<>();
        List<String> places = new ArrayList<>();
        if (options.port() != ControlPlaneOptions.NO_PORT) {
            places.add(plane.target());
        }
        if (plane.tlsTarget() != null) {
            places.add(plane.tlsTarget() + " with TLS");
        }
        Path data = options.data();
        lines.add("mesh-control is ready on " + String.join(" and ", places) + ", configuration in " + options.config()
                + (data == null ? ", registry in memory" : ", registry in " + data));
        TlsOptions tls = options.tls();
        if (tls == null) {
            lines.add("no certificate authority: nobody proves an identity here");
        } else {
            lines.add("certificates "
                    + (data == null
                            ? "of an authority that ends with this process (say --data to keep it)"
                            : "of the authority in " + data.resolve("ca"))
                    + (tls.localToken() == null
                            ? ", no token for services on this machine"
                            : ", token for services on this machine in " + tls.localToken())
                    + (tls.operatorToken() == null ? "" : ", for meshctl in " + tls.operatorToken()));
        }
        return lines;
    }
}
