package dev.weft.http.hc5;

import org.apache.hc.core5.http.HttpException;

/**
 * The host turned out to be none of the mesh's after the call had begun, so the client makes it in its own way. Passes through the
 * library's own elements on its way back to {@link ClassicMeshing}.
 */
final class Outside extends HttpException {
    private static final long serialVersionUID = 1;

    Outside() {
        super("not a host of the mesh");
    }
}
