package dev.weft.grpc.bridge;

/** What people should hear of grpc-xds. Called on any thread; must not wait. */
interface Notices {
    /** @param reason why grpc-xds does not take something that the control plane serves */
    void refused(String reason);

    /**
     * A server follows its listener.
     *
     * @param address as the server was built for
     * @param mutualTls whether it takes mutual TLS only; else plaintext only
     */
    void serving(String address, boolean mutualTls);
}
