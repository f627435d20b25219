package dev.weft.http.okhttp;

import java.io.IOException;

/** Leaves the network interceptors when a host turns out to be none of the mesh's; never seen outside. */
final class NotOurs extends IOException {
    private static final long serialVersionUID = 1;

    NotOurs(String host) {
        super(host + " is none of the mesh's");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
