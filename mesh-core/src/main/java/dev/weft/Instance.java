package dev.weft;

import dev.weft.runtime.World;
import dev.weft.settings.Settings;

/**
 * This process among those of its service.
 *
 * @param name unique
 * @param address IP literal at which others reach it
 */
record Instance(String name, String address) {

    static Instance of(Settings settings, World world) {
        String name = settings.instance().isEmpty()
                ? settings.service()
                        + String.format("-%08x", (int) world.randomness().nextLong())
                : settings.instance();
        String address = settings.address().isEmpty() ? LocalAddress.of(settings.controlPlane()) : settings.address();
        return new Instance(name, address);
    }
}
