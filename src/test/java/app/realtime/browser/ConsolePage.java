package app.realtime.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/** The console as somebody uses it who looks at it: by what is written on it. */
final class ConsolePage {

    private final Page page;

    ConsolePage(Page page) {
        this.page = page;
    }

    ConsolePage open(URI address) {
        page.navigate(address.toString());
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    Locator labelled(String label) {
        return page.getByLabel(label, new GetByLabelOptions().setExact(true));
    }

    Locator health() {
        return page.locator("#health");
    }

    Locator state() {
        return page.locator("#state");
    }

    /** What is to be seen of the events: one item for each. */
    Locator events() {
        return page.locator("#feed li");
    }

    Locator events(String text) {
        return events().filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator locator(String selector) {
        return page.locator(selector);
    }

    /** Waits until the service tells of events. */
    ConsolePage awaitListening() {
        assertThat(page.locator("#feed-state")).containsText("Listening");
        return this;
    }

    /** Connects a client, as whoever is chosen. */
    ConsolePage connect() {
        button("Connect").click();
        assertThat(state()).containsText("Connected");
        return this;
    }

    ConsolePage join(String room) {
        labelled("Room").fill(room);
        button("Join").click();
        assertThat(page.locator("#rooms")).containsText(room);
        return this;
    }

    /** Chooses what to send; leaves the sample as its body. */
    ConsolePage choose(String kind) {
        page.locator("#kind").selectOption(kind);
        return this;
    }

    ConsolePage body(String text) {
        labelled("Body").fill(text);
        return this;
    }

    /** Sends it; the answer of the service is this. */
    ConsolePage send(String answer) {
        button("Send").click();
        assertThat(page.locator("#publish-answer")).containsText(answer);
        return this;
    }

    ConsolePage signIn(String credential) {
        labelled("API key or token").fill(credential);
        button("Sign in").click();
        return this;
    }
}
