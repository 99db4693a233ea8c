// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/verb_services.h"
#include "models/base/time_text.h"
#include "models/metrics/prometheus_client.h"
#include "models/metrics/query_text.h"
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What was asked for: a moment, or a range with its step.
struct Asked
{
    Timestamp at{};
    std::optional<TimeRange> range;
    Milliseconds step{};
};

Result<Timestamp> timeOption(const CommandLine &line, const QString &name)
{
    auto time = parseTime(line.value(name));
    if (!time)
        time.error().endpoint = u"--"_s + name;
    return time;
}

Result<Asked> askedFor(const CommandLine &line, Timestamp now, Milliseconds scrapeInterval)
{
    Asked asked;
    asked.at = now;
    const auto bad = [](const QString &option, const QString &text) {
        return failure(ErrorKind::BadInput, option, text);
    };
    if (!line.has(u"from"_s)) {
        if (line.has(u"to"_s) || line.has(u"step"_s))
            return bad(u"--from"_s, u"a range needs --from"_s);
        if (line.has(u"time"_s)) {
            const auto time = timeOption(line, u"time"_s);
            if (!time)
                return tl::make_unexpected(time.error());
            asked.at = *time;
        }
        return asked;
    }
    if (line.has(u"time"_s))
        return bad(u"--time"_s, u"a moment and a range exclude each other"_s);
    const auto from = timeOption(line, u"from"_s);
    const auto to = line.has(u"to"_s) ? timeOption(line, u"to"_s) : Result<Timestamp>(now);
    if (!from || !to)
        return tl::make_unexpected(from ? to.error() : from.error());
    if (*from >= *to)
        return bad(u"--to"_s, u"the range ends before it begins"_s);
    asked.range = TimeRange{*from, *to};
    asked.step = stepFor(*asked.range, 250, scrapeInterval);
    if (line.has(u"step"_s)) {
        auto step = parseDuration(line.value(u"step"_s));
        if (!step) {
            step.error().endpoint = u"--step"_s;
            return tl::make_unexpected(step.error());
        }
        asked.step = *step;
    }
    return asked;
}

Result<workspace::Source> chosenSource(const CommandLine &line, const workspace::Environment &environment)
{
    QStringList names;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind != workspace::SourceKind::Prometheus)
            continue;
        if (source.name == line.value(u"source"_s))
            return source;
        names += source.name;
    }
    if (!line.has(u"source"_s) && names.size() == 1) {
        for (const workspace::Source &source : environment.sources) {
            if (source.name == names.first())
                return source;
        }
    }
    return failure(ErrorKind::BadInput, u"--source"_s,
                   names.isEmpty() ? u"the environment has no Prometheus"_s
                                   : u"name one of %1"_s.arg(names.join(u", "_s)));
}

/// Series with their newest value, for people.
QString queryText(const Json &data)
{
    QList<QStringList> rows;
    const auto valueOf = [](const Json &point) {
        return point.is_array() && point.size() == 2 && point[1].is_string()
                   ? QString::fromStdString(point[1].get<std::string>())
                   : u"?"_s;
    };
    const Json result = data.value("result", Json::array());
    if (data.value("resultType", std::string()) == "scalar" || data.value("resultType", std::string()) == "string")
        return valueOf(result) + u'\n';
    for (const Json &series : result) {
        Labels labels;
        const Json metric = series.value("metric", Json::object());
        for (const auto &[name, value] : metric.items())
            labels[QString::fromStdString(name)] = QString::fromStdString(value.get<std::string>());
        QString value = u"native histogram"_s;
        if (series.contains("value"))
            value = valueOf(series["value"]);
        else if (series.contains("values") && !series["values"].empty())
            value = u"%1 (newest of %2)"_s.arg(valueOf(series["values"].back())).arg(series["values"].size());
        rows.append({metrics::legendText(labels), value});
    }
    return rows.isEmpty() ? u"No data.\n"_s : tableText({u"SERIES"_s, u"VALUE"_s}, rows);
}

} // namespace

void runQuery(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    const auto timeout = timeoutOf(line, 30s);
    const auto used = workspaceInUse(line, services);
    if (!timeout || !used) {
        reportError(services, timeout ? used.error() : timeout.error());
        return done(BadUsage);
    }
    auto source = chosenSource(line, used->environment);
    if (!source)
        return done(reportError(services, source.error()));
    const auto asked = askedFor(line, services.clock.now(), source->scrapeInterval);
    if (!asked)
        return done(reportError(services, asked.error()));
    if (line.has(u"timeout"_s))
        source->access.timeout = *timeout;
    workspace::EndpointResolver resolver(services.secrets);
    whenDone(resolver.resolve(source->access), context,
             [=, expr = line.arguments.first()](const Result<http::Endpoint> &endpoint) {
                 if (!endpoint)
                     return done(reportError(services, endpoint.error()));
                 const auto answer =
                     asked->range
                         ? metrics::fetchRawRange(services.transport, *endpoint, expr, *asked->range, asked->step)
                         : metrics::fetchRawInstant(services.transport, *endpoint, expr, asked->at);
                 whenDone(answer, context, [=](const Result<metrics::RawData> &raw) {
                     if (!raw) {
                         // A question that the server refuses is bad usage; the sentence holds the server's own words.
                         return done(reportError(services, raw.error()));
                     }
                     Json data = Json::parse(raw->json.toStdString(), nullptr, false);
                     if (line.has(u"json"_s)) {
                         data["warnings"] = Json::array();
                         for (const QString &warning : raw->warnings)
                             data["warnings"].push_back(textForm(warning));
                         services.out(jsonText(data));
                     } else {
                         services.out(queryText(data));
                         for (const QString &warning : raw->warnings)
                             services.error(u"warning: "_s + warning);
                     }
                     done(Done);
                 });
             });
}

} // namespace atalaya::console
