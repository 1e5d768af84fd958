/* Draws [data-chart] from its data attributes. Canvas only: the content policy allows no inline styles. */
(() => {
    "use strict";
    const css = getComputedStyle(document.documentElement);
    const ember = css.getPropertyValue("--ember").trim();
    const inkSoft = css.getPropertyValue("--ink-soft").trim();
    const line = css.getPropertyValue("--line").trim();
    const font = getComputedStyle(document.body).fontFamily;
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

    const usage = (points) => ({
        animation: false,
        grid: {left: 8, right: 16, top: 16, bottom: 4, containLabel: true},
        xAxis: {type: "category", data: points.map((point) => point.day), axisLine: {lineStyle: {color: line}}, axisTick: {show: false}, axisLabel: {color: inkSoft, hideOverlap: true, formatter: (day) => day.slice(5)}},
        yAxis: {type: "value", splitNumber: 4, splitLine: {lineStyle: {color: line}}, axisLabel: {color: inkSoft, formatter: (value) => whole.format(value)}},
        tooltip: {trigger: "axis", renderMode: "richText", valueFormatter: (value) => whole.format(value) + " credits"},
        series: [{name: "Used", type: "bar", barMaxWidth: 28, itemStyle: {color: ember, borderRadius: [3, 3, 0, 0]}, data: points.map((point) => point.credits)}],
    });

    const shades = ["#9a3412", "#c2410c", "#d9571a", "#b45309", "#78350f", "#57534e", "#7c2d12", "#a16207"];
    const clusters = (points, holder) => ({
        animation: false,
        tooltip: {renderMode: "richText", formatter: (area) => `${area.name}: ${whole.format(area.value)} ${holder.dataset.unit}`},
        series: [{
            type: "treemap", roam: false, nodeClick: false, breadcrumb: {show: false}, width: "100%", height: "100%", top: 0, left: 0,
            label: {overflow: "truncate", fontSize: 13, lineHeight: 18, formatter: (area) => `${area.name}\n${whole.format(area.value)}`},
            itemStyle: {borderColor: "#fff", borderWidth: 2, gapWidth: 2, borderRadius: 6},
            data: points.map((point, place) => ({...point, itemStyle: {color: shades[place % shades.length]}})),
        }],
    });

    const drawings = {balance, clusters, usage};
    document.querySelectorAll("[data-chart]").forEach((holder) => {
        const chart = echarts.init(holder, null, {renderer: "canvas"});
        chart.setOption({textStyle: {fontFamily: font}, ...drawings[holder.dataset.chart](JSON.parse(holder.dataset.points), holder)});
        new ResizeObserver(() => chart.resize()).observe(holder);
    });
})();
