// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/matrix_decoder.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;

namespace {

using simdjson::ondemand::json_type;

// simdjson stops at the first fault it meets; this carries which part it was in out of the nested reads.
struct Fault
{
    QString what;
};

template <typename T>
T need(simdjson::simdjson_result<T> result, const char16_t *what)
{
    T value;
    if (std::move(result).get(value) != simdjson::SUCCESS)
        throw Fault{QString::fromUtf16(what)};
    return value;
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

double numberIn(std::string_view text)
{
    // from_chars takes NaN, Inf and -Inf, but no leading plus.
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end != digits.data() + digits.size() || digits.empty() || error == std::errc::invalid_argument)
        throw Fault{u"a sample's value is not a number"_s};
    if (error == std::errc::result_out_of_range) {
        // Denormals and overflows: strtod has an answer where from_chars only says that there is one.
        const std::string copy(digits);
        value = std::strtod(copy.c_str(), nullptr);
    }
    return value;
}

void readPoint(simdjson::ondemand::value point, Series &series)
{
    auto pair = need(point.get_array(), u"a sample is not a pair");
    int at = 0;
    double time = 0;
    for (auto part : pair) {
        if (at == 0)
            time = need(part.get_double(), u"a sample's time is not a number");
        else if (at == 1)
            series.values.push_back(numberIn(need(part.get_string(), u"a sample's value is not a string")));
        ++at;
    }
    if (at != 2 || !std::isfinite(time) || std::abs(time) > 1e12)
        throw Fault{u"a sample is not a pair of time and value"_s};
    series.times.push_back(std::llround(time * 1000));
}

/// False when the series holds native histograms only.
bool readSeries(simdjson::ondemand::value each, Series &series)
{
    bool hasSamples = false;
    bool hasHistograms = false;
    auto object = need(each.get_object(), u"a series is not an object");
    for (auto field : object) {
        auto parts = need(std::move(field), u"a series is cut short");
        const std::string_view key = need(parts.unescaped_key(), u"a series has a bad key");
        if (key == "metric") {
            for (auto label : need(parts.value().get_object(), u"a series' labels are not an object")) {
                auto pair = need(std::move(label), u"labels are cut short");
                const QString name = textOf(need(pair.unescaped_key(), u"a label has a bad name"));
                series.labels.insert_or_assign(name, textOf(need(pair.value().get_string(), u"a label's value is not a string")));
            }
        } else if (key == "value") {
            readPoint(parts.value(), series);
            hasSamples = true;
        } else if (key == "values") {
            for (auto point : need(parts.value().get_array(), u"a series' values are not a list"))
                readPoint(need(std::move(point), u"samples are cut short"), series);
            hasSamples = true;
        } else if (key == "histogram" || key == "histograms") {
            hasHistograms = true;
        }
    }
    if (!hasSamples && !hasHistograms)
        throw Fault{u"a series has no samples"_s};
    for (std::size_t i = 1; i < series.times.size(); ++i) {
        if (series.times[i] <= series.times[i - 1])
            throw Fault{u"a series' samples are not in order of time"_s};
    }
    return hasSamples;
}

void readData(simdjson::ondemand::value value, QueryResult &result)
{
    std::optional<std::string> type;
    auto data = need(value.get_object(), u"data is not an object");
    // Prometheus writes resultType before result; the reader holds it to that order rather than read everything twice.
    for (auto field : data) {
        auto parts = need(std::move(field), u"data is cut short");
        const std::string_view key = need(parts.unescaped_key(), u"data has a bad key");
        if (key == "resultType") {
            type = std::string(need(parts.value().get_string(), u"resultType is not a string"));
            result.kind = *type == "matrix"   ? QueryResult::Kind::Matrix
                          : *type == "vector" ? QueryResult::Kind::Vector
                          : *type == "scalar" ? QueryResult::Kind::Scalar
                                              : QueryResult::Kind::String;
            if (result.kind == QueryResult::Kind::String && *type != "string")
                throw Fault{u"resultType \"%1\" is not known"_s.arg(textOf(*type))};
        } else if (key == "result") {
            if (!type)
                throw Fault{u"result stands before its resultType"_s};
            if (*type == "scalar") {
                readPoint(parts.value(), result.series.emplace_back());
            } else if (*type == "string") {
                int at = 0;
                for (auto part : need(parts.value().get_array(), u"a string result is not a pair")) {
                    if (at++ == 1)
                        result.text = textOf(need(part.get_string(), u"a string result is not text"));
                }
            } else {
                for (auto each : need(parts.value().get_array(), u"result is not a list")) {
                    Series series;
                    if (readSeries(need(std::move(each), u"result is cut short"), series))
                        result.series.push_back(std::move(series));
                    else
                        ++result.nativeHistograms;
                }
            }
        }
    }
    if (!type)
        throw Fault{u"data has no resultType"_s};
}

Result<QueryResult> readDocument(const QByteArray &body, const QString &endpoint)
{
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(body.constData(), static_cast<std::size_t>(body.size()));
    auto document = need(parser.iterate(padded), u"it is not JSON");
    QueryResult result;
    bool hasData = false;
    QString error;
    QString errorType;
    std::string status;
    auto object = need(document.get_object(), u"it is not a JSON object");
    for (auto field : object) {
        auto parts = need(std::move(field), u"it is cut short");
        const std::string_view key = need(parts.unescaped_key(), u"it has a bad key");
        if (key == "status") {
            status = std::string(need(parts.value().get_string(), u"status is not a string"));
        } else if (key == "data") {
            auto value = parts.value();
            if (need(value.type(), u"data is cut short") == json_type::null)
                continue;
            readData(value, result);
            hasData = true;
        } else if (key == "error") {
            error = textOf(need(parts.value().get_string(), u"error is not a string"));
        } else if (key == "errorType") {
            errorType = textOf(need(parts.value().get_string(), u"errorType is not a string"));
        } else if (key == "warnings" || key == "infos") {
            for (auto warning : need(parts.value().get_array(), u"warnings are not a list"))
                result.warnings += textOf(need(warning.get_string(), u"a warning is not text"));
        }
    }
    const char *rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS)
        throw Fault{u"something follows its end"_s};
    if (status == "error")
        return failure(ErrorKind::Server, endpoint, u"the query failed (%1)"_s.arg(errorType), error);
    if (status != "success" || !hasData)
        throw Fault{u"it has no status \"success\" with data"_s};
    return result;
}

} // namespace

Result<QueryResult> decodeQueryResult(const QByteArray &body, const QString &endpoint)
{
    // The exceptions are simdjson's way out of nested iterations and ours; none leaves this function.
    try {
        return readDocument(body, endpoint);
    } catch (const Fault &fault) {
        return failure(ErrorKind::Malformed, endpoint, u"answered no query result: "_s + fault.what);
    } catch (const simdjson::simdjson_error &error) {
        return failure(ErrorKind::Malformed, endpoint, u"answered no query result: "_s + QString::fromUtf8(error.what()));
    }
}

} // namespace atalaya::metrics
