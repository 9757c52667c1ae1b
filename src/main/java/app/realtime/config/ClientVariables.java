package app.realtime.config;

import static app.realtime.config.Variable.ALLOWED_ORIGINS;
import static app.realtime.config.Variable.TRUSTED_PROXIES;

import app.realtime.security.AllowedOrigins;
import app.realtime.security.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Where clients may come from. */
final class ClientVariables {

    private final Values values;
    private final boolean production;

    ClientVariables(Values values, boolean production) {
        this.values = values;
        this.production = production;
    }

    AllowedOrigins origins() {
        List<String> origins = values.list(ALLOWED_ORIGINS);
        if (production && origins.contains(AllowedOrigins.ANY)) {
            values.problems().add(ALLOWED_ORIGINS, "* is refused in production; expected the origins by name");
        }
        return AllowedOrigins.of(valid(
                ALLOWED_ORIGINS,
                origins,
                AllowedOrigins::of,
                " is not an origin; expected scheme://host[:port], for example https://app.example.com"));
    }

    TrustedProxies proxies() {
        return TrustedProxies.of(valid(
                TRUSTED_PROXIES,
                values.list(TRUSTED_PROXIES),
                TrustedProxies::of,
                " is neither an address nor a network; expected for example 10.0.0.0/8"));
    }

    private List<String> valid(
            Variable variable, List<String> entries, Function<List<String>, ?> check, String problem) {
        List<String> valid = new ArrayList<>();
        for (String entry : entries) {
            try {
                check.apply(List.of(entry));
                valid.add(entry);
            } catch (IllegalArgumentException e) {
                values.problems().add(variable, Problems.quote(entry) + problem);
            }
        }
        return valid;
    }
}
