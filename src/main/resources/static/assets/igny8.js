/* What the pages do beyond links and forms. Everything works without it, less comfortably. */
(() => {
    "use strict";

    /* The first field that is wrong is where to go on */
    const focusFirstWrong = () => document.querySelector('[aria-invalid="true"]')?.focus();

    /* Choosing in [data-prefill="name"] writes the choice into the field of that id, until it is edited */
    const prefill = (root) => root.querySelectorAll("[data-prefill]").forEach((holder) => {
        const select = holder.querySelector("select");
        const target = document.getElementById(holder.dataset.prefill);
        if (!select || !target) return;
        let written = "";
        select.addEventListener("change", () => {
            if (target.value !== "" && target.value !== written) return;
            written = select.value === "" ? "" : select.selectedOptions[0].textContent.trim();
            target.value = written;
        });
    });

    const reveal = (root) => root.querySelectorAll("[data-reveal]").forEach((button) => {
        const field = document.getElementById(button.dataset.reveal);
        if (!field) return;
        button.hidden = false;
        button.addEventListener("click", () => {
            const shown = field.type === "password";
            field.type = shown ? "text" : "password";
            button.setAttribute("aria-pressed", String(shown));
            button.querySelector("i").className = shown ? "ti ti-eye-off" : "ti ti-eye";
        });
    });

    /* Moments in the reader's own time zone; the server wrote them in UTC */
    const formats = {
        datetime: new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"}),
        date: new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric"}),
    };
    const localTimes = (root) => root.querySelectorAll("time[data-local]").forEach((time) => {
        const at = new Date(time.dateTime);
        if (Number.isNaN(at.valueOf())) return;
        time.title = time.textContent;
        time.textContent = formats[time.dataset.local]?.format(at) ?? time.textContent;
    });

    /* A form is sent once, however often its button is pressed */
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (form.method !== "post" || event.defaultPrevented) return;
        if (form.dataset.sent) {
            event.preventDefault();
            return;
        }
        form.dataset.sent = "true";
        event.submitter?.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", () => {
        document.querySelectorAll("form[data-sent]").forEach((form) => {
            delete form.dataset.sent;
            form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
        });
    });

    /* [data-job] follows long work by events, and shows the page anew when it has ended */
    const followJob = (root) => root.querySelectorAll("[data-job]").forEach((panel) => {
        const part = (name) => panel.querySelector(`[data-job-${name}]`);
        const events = new EventSource(panel.dataset.job);
        part("reload")?.remove();
        events.addEventListener("job", (event) => {
            const job = JSON.parse(event.data);
            part("progress").value = job.progress;
            part("percent").textContent = job.progress;
            if (job.step) part("step").textContent = job.step;
            if (["succeeded", "failed", "cancelled"].includes(job.status)) {
                events.close();
                location.reload();
            }
        });
        /* Whoever may not follow it any more is told why by the page itself */
        events.addEventListener("refused", () => {
            events.close();
            location.reload();
        });
    });

    /* [data-copy="id"] copies what stands in the element of that id */
    const copy = (root) => root.querySelectorAll("[data-copy]").forEach((button) => {
        const source = document.getElementById(button.dataset.copy);
        if (!source || !navigator.clipboard) return;
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(source.textContent.trim());
            button.querySelector("[data-copy-said]").textContent = "Copied";
        });
    });

    const enhance = (root) => { prefill(root); reveal(root); localTimes(root); followJob(root); copy(root); };
    enhance(document);
    focusFirstWrong();
    document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) enhance(event.target); });
})();
