package app.realtime.config;

import java.util.Optional;

/** Where variables come from. */
@FunctionalInterface
interface Environment {

    /** The value as it was set, be it empty; nothing if it was not set. */
    Optional<String> value(String name);
}
