/* Draws [data-chart] from its data attributes. Canvas only: the content policy allows no inline styles. */
(() => {
    "use strict";
    const css = getComputedStyle(document.documentElement);
    const ember = css.getPropertyValue("--ember").trim();
    const inkSoft = css.getPropertyValue("--ink-soft").trim();
    const line = css.getPropertyValue("--line").trim();
    const whole = new Intl.NumberFormat("en");

    const balance = (points) => ({
        animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
        grid: {left: 8, right: 16, top: 16, bottom: 4, containLabel: true},
        xAxis: {type: "time", axisLine: {lineStyle: {color: line}}, axisTick: {show: false}, axisLabel: {color: inkSoft, hideOverlap: true, formatter: {year: "{yyyy}", month: "{d} {MMM}", day: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}", second: "{HH}:{mm}:{ss}", none: "{HH}:{mm}"}}},
        yAxis: {type: "value", min: 0, splitNumber: 4, splitLine: {lineStyle: {color: line}}, axisLabel: {color: inkSoft, formatter: (value) => whole.format(value)}},
        tooltip: {trigger: "axis", renderMode: "richText", valueFormatter: (value) => whole.format(value) + " credits"},
        series: [{
            name: "Balance", type: "line", step: "end", symbolSize: 7, showSymbol: points.length <= 30,
            itemStyle: {color: ember}, lineStyle: {color: ember, width: 2.5}, areaStyle: {color: ember, opacity: .08},
            data: points.map((point) => [point.at, point.balance]),
        }],
    });

    const drawings = {balance};
    document.querySelectorAll("[data-chart]").forEach((holder) => {
        const chart = echarts.init(holder, null, {renderer: "canvas"});
        chart.setOption(drawings[holder.dataset.chart](JSON.parse(holder.dataset.points)));
        new ResizeObserver(() => chart.resize()).observe(holder);
    });
})();
