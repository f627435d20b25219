package dev.weft.control.grpc;

/** What scenarios need from the class that plays them. */
interface Fixture {

    /** The test's own control plane, with servers and the client under test. */
    Site site();
}
