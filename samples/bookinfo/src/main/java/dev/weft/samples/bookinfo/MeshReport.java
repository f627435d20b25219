package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import dev.weft.Mesh;

/** What {@code /health} says of the mesh. */
final class MeshReport {
    private MeshReport() {}

    static JsonObject of(Mesh mesh) {
        JsonObject report = new JsonObject();
        report.addProperty("state", mesh.state().name());
        return report;
    }
}
