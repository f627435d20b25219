package dev.weft.control;

import dev.weft.control.ads.AdsOptions;
import dev.weft.control.registry.GracePeriods;
import dev.weft.runtime.World;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane is run.
 *
 * @param config directory of Istio YAML
 * @param meshConfig file with the mesh-wide settings, or null for Istio's defaults
 * @param address where to listen; anything but loopback is open to whoever reaches it, because clients are not authenticated yet
 * @param port where to listen; 0 takes any that is free
 * @param data directory for what must outlive a restart, or null to keep it in memory
 * @param world clock, timer and dice
 * @param grace how long silent instances keep their places
 * @param ads debounce and bounds of the push server
 */
public record ControlPlaneOptions(
        Path config,
        @Nullable Path meshConfig,
        String address,
        int port,
        @Nullable Path data,
        World world,
        GracePeriods grace,
        AdsOptions ads) {

    /** The port that clients try when they are told nothing. */
    public static final int DEFAULT_PORT = 15010;

    /** A configuration directory; 127.0.0.1:15010, nothing on disk, defaults otherwise. */
    public static ControlPlaneOptions of(Path config) {
        return new ControlPlaneOptions(
                config,
                null,
                "127.0.0.1",
                DEFAULT_PORT,
                null,
                World.system(),
                GracePeriods.DEFAULT,
                AdsOptions.DEFAULT);
    }

    public ControlPlaneOptions withMeshConfig(@Nullable Path file) {
        return new ControlPlaneOptions(config, file, address, port, data, world, grace, ads);
    }

    public ControlPlaneOptions withAddress(String address) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads);
    }

    public ControlPlaneOptions withPort(int port) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads);
    }

    public ControlPlaneOptions withData(@Nullable Path directory) {
        return new ControlPlaneOptions(config, meshConfig, address, port, directory, world, grace, ads);
    }

    public ControlPlaneOptions withWorld(World world) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads);
    }

    public ControlPlaneOptions withGrace(GracePeriods grace) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads);
    }

    public ControlPlaneOptions withAds(AdsOptions ads) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads);
    }
}
