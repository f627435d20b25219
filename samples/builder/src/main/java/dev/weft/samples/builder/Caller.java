package dev.weft.samples.builder;

import dev.weft.Mesh;
import dev.weft.http.MeshHttpClient;

/** Weft without a framework: one line to join the mesh, one to call. */
public final class Caller {
    private Caller() {}

    public static void main(String[] args) throws Exception {
        try (Mesh mesh = Mesh.start("caller")) {
            System.out.println(MeshHttpClient.of(mesh).get("http://greeter/").text());
        }
    }
}
