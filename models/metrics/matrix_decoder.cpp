// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metrics/matrix_decoder.h"

#include "models/http/json_reader.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace atalaya::metrics {

using namespace Qt::Literals::StringLiterals;

namespace {

namespace ondemand = simdjson::ondemand;

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A sample's value as Prometheus writes it.
bool readNumber(std::string_view text, double &value)
{
    // from_chars takes NaN, Inf and -Inf, but no leading plus.
    if (text.size() > 1 && text.front() == '+' && text[1] != '-')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || text.empty())
        return false;
    // Denormals and overflows: strtod has an answer where from_chars only says that there is one.
    if (error == std::errc::result_out_of_range)
        value = std::strtod(std::string(text).c_str(), nullptr);
    else if (error != std::errc())
        return false;
    return true;
}

bool readTime(double seconds, std::int64_t &milliseconds)
{
    if (!std::isfinite(seconds) || std::abs(seconds) > 1e12)
        return false;
    milliseconds = std::llround(seconds * 1000);
    return true;
}

bool isAscending(const std::vector<std::int64_t> &times)
{
    return std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end();
}

std::optional<QueryResult::Kind> kindNamed(std::string_view name)
{
    if (name == "matrix")
        return QueryResult::Kind::Matrix;
    if (name == "vector")
        return QueryResult::Kind::Vector;
    if (name == "scalar")
        return QueryResult::Kind::Scalar;
    if (name == "string")
        return QueryResult::Kind::String;
    return std::nullopt;
}

/// Reads the one shape that servers send, in one pass over the bytes. Anything else makes it give up without a word:
/// the slower reader below then reads it, or says what is wrong with it.
class FastReader
{
public:
    bool read(simdjson::padded_string_view bytes, QueryResult &result)
    {
        ondemand::parser parser;
        ondemand::document document;
        if (parser.iterate(bytes).get(document) != simdjson::SUCCESS)
            return false;
        ondemand::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            return false;
        bool isSuccess = false;
        bool hasData = false;
        for (auto each : object) {
            ondemand::field field;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            if (key == "status") {
                std::string_view status;
                if (field.value().get_string().get(status) != simdjson::SUCCESS || status != "success")
                    return false;
                isSuccess = true;
            } else if (key == "data") {
                if (hasData || !readData(field.value(), result))
                    return false;
                hasData = true;
            } else if (key == "warnings") {
                if (!readWarnings(field.value(), result))
                    return false;
            }
        }
        // Nothing may follow the object.
        return isSuccess && hasData && document.current_location().error() != simdjson::SUCCESS;
    }

private:
    bool readWarnings(ondemand::value value, QueryResult &result)
    {
        ondemand::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS)
            return false;
        for (auto each : list) {
            std::string_view text;
            if (each.get_string().get(text) != simdjson::SUCCESS)
                return false;
            result.warnings += textOf(text);
        }
        return true;
    }

    bool readData(ondemand::value value, QueryResult &result)
    {
        ondemand::object data;
        if (value.get_object().get(data) != simdjson::SUCCESS)
            return false;
        std::optional<QueryResult::Kind> kind;
        bool hasResult = false;
        for (auto each : data) {
            ondemand::field field;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            if (key == "resultType") {
                std::string_view name;
                if (kind || field.value().get_string().get(name) != simdjson::SUCCESS)
                    return false;
                kind = kindNamed(name);
            } else if (key == "result") {
                if (hasResult || !kind || (*kind != QueryResult::Kind::Matrix && *kind != QueryResult::Kind::Vector))
                    return false;
                result.kind = *kind;
                hasResult = true;
                if (!readList(field.value(), result))
                    return false;
            }
        }
        return hasResult;
    }

    bool readList(ondemand::value value, QueryResult &result)
    {
        ondemand::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS)
            return false;
        std::size_t expected = 0;
        for (auto each : list) {
            ondemand::object object;
            if (each.get_object().get(object) != simdjson::SUCCESS)
                return false;
            Series series;
            // Series of one answer are of about one length.
            series.times.reserve(expected);
            series.values.reserve(expected);
            bool hasHistograms = false;
            if (!readSeries(object, result.kind, series, hasHistograms))
                return false;
            expected = series.times.size();
            if (!series.times.empty())
                result.series.push_back(std::move(series));
            else if (hasHistograms)
                ++result.nativeHistograms;
            else
                return false;
        }
        return true;
    }

    bool readSeries(ondemand::object object, QueryResult::Kind kind, Series &series, bool &hasHistograms)
    {
        const std::string_view samples = kind == QueryResult::Kind::Matrix ? "values" : "value";
        bool hasLabels = false;
        for (auto each : object) {
            ondemand::field field;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            if (key == "metric") {
                if (!readLabels(field.value(), series.labels))
                    return false;
                hasLabels = true;
            } else if (key == samples) {
                if (!series.times.empty())
                    return false;
                if (kind == QueryResult::Kind::Vector ? !readPoint(field.value(), series)
                                                      : !readPoints(field.value(), series))
                    return false;
            } else if (key == "histogram" || key == "histograms") {
                hasHistograms = true;
            }
        }
        return hasLabels && isAscending(series.times);
    }

    bool readLabels(ondemand::value value, Labels &labels)
    {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS)
            return false;
        for (auto each : object) {
            ondemand::field field;
            std::string_view key;
            std::string_view text;
            if (std::move(each).get(field) != simdjson::SUCCESS || field.unescaped_key().get(key) != simdjson::SUCCESS)
                return false;
            const QString name = textOf(key);
            if (field.value().get_string().get(text) != simdjson::SUCCESS)
                return false;
            labels.insert_or_assign(name, textOf(text));
        }
        return true;
    }

    bool readPoints(ondemand::value value, Series &series)
    {
        ondemand::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS)
            return false;
        for (auto each : list) {
            ondemand::value point;
            if (std::move(each).get(point) != simdjson::SUCCESS || !readPoint(point, series))
                return false;
        }
        return true;
    }

    bool readPoint(ondemand::value value, Series &series)
    {
        ondemand::array pair;
        if (value.get_array().get(pair) != simdjson::SUCCESS)
            return false;
        int at = 0;
        for (auto part : pair) {
            if (at == 0) {
                double seconds = 0;
                std::int64_t time = 0;
                if (part.get_double().get(seconds) != simdjson::SUCCESS || !readTime(seconds, time))
                    return false;
                series.times.push_back(time);
            } else {
                std::string_view text;
                double number = 0;
                if (at > 1 || part.get_string().get(text) != simdjson::SUCCESS || !readNumber(text, number))
                    return false;
                series.values.push_back(number);
            }
            ++at;
        }
        return at == 2;
    }
};

/// Reads any order of keys, scalars and strings too, and has a sentence for every fault.
class CarefulReader
{
public:
    explicit CarefulReader(const QString &endpoint) : m_endpoint(endpoint) {}

    Result<QueryResult> read(const QByteArray &body)
    {
        const auto json = http::parseJson(body, m_endpoint);
        if (!json)
            return tl::make_unexpected(json.error());
        const auto status = http::stringAt(*json, "status");
        if (status == u"error"_s)
            return failure(
                ErrorKind::Server, m_endpoint,
                u"the query failed (%1)"_s.arg(http::stringAt(*json, "errorType").value_or(u"no type given"_s)),
                http::stringAt(*json, "error").value_or(QString()));
        const http::Json *data = http::objectAt(*json, "data");
        if (status != u"success"_s || !data)
            return malformed(u"it has no status \"success\" with data"_s);
        QueryResult result;
        if (const http::Json *warnings = http::arrayAt(*json, "warnings")) {
            for (const http::Json &warning : *warnings)
                result.warnings += http::toQString(warning);
        }
        const QString type = http::stringAt(*data, "resultType").value_or(QString());
        const auto kind = kindNamed(type.toStdString());
        const http::Json *list = http::arrayAt(*data, "result");
        if (!kind)
            return malformed(type.isEmpty() ? u"its data has no resultType"_s
                                            : u"resultType \"%1\" is not known"_s.arg(type.left(40)));
        if (!list)
            return malformed(u"its result is not a list"_s);
        result.kind = *kind;
        if (*kind == QueryResult::Kind::String)
            return readString(*list, std::move(result));
        if (*kind == QueryResult::Kind::Scalar) {
            Series series;
            if (!readPoint(*list, series))
                return malformed(m_fault);
            result.series.push_back(std::move(series));
            return result;
        }
        for (const http::Json &each : *list) {
            if (!readSeries(each, result))
                return malformed(m_fault);
        }
        return result;
    }

private:
    tl::unexpected<Error> malformed(const QString &what) const
    {
        return failure(ErrorKind::Malformed, m_endpoint, u"answered no query result: "_s + what);
    }

    Result<QueryResult> readString(const http::Json &pair, QueryResult result) const
    {
        if (pair.size() != 2 || !pair[1].is_string())
            return malformed(u"a string result is not a pair of time and text"_s);
        result.text = http::toQString(pair[1]);
        return result;
    }

    bool readSeries(const http::Json &json, QueryResult &result)
    {
        const http::Json *labels = http::objectAt(json, "metric");
        if (!labels)
            return refuse(u"a series has no labels"_s);
        Series series;
        for (auto it = labels->begin(); it != labels->end(); ++it) {
            if (!it.value().is_string())
                return refuse(u"a label's value is not text"_s);
            series.labels.insert_or_assign(QString::fromStdString(it.key()), http::toQString(it.value()));
        }
        const bool isMatrix = result.kind == QueryResult::Kind::Matrix;
        if (const http::Json *points = http::arrayAt(json, isMatrix ? "values" : "value")) {
            if (!isMatrix && !readPoint(*points, series))
                return false;
            if (isMatrix) {
                for (const http::Json &point : *points) {
                    if (!readPoint(point, series))
                        return false;
                }
            }
        } else if (json.contains("histogram") || json.contains("histograms")) {
            ++result.nativeHistograms;
            return true;
        } else {
            return refuse(u"a series has no samples"_s);
        }
        if (!isAscending(series.times))
            return refuse(u"a series' samples are not in order of time"_s);
        if (!series.times.empty())
            result.series.push_back(std::move(series));
        return true;
    }

    bool readPoint(const http::Json &pair, Series &series)
    {
        if (!pair.is_array() || pair.size() != 2)
            return refuse(u"a sample is not a pair of time and value"_s);
        std::int64_t time = 0;
        if (!pair[0].is_number() || !readTime(pair[0].get<double>(), time))
            return refuse(u"a sample's time is not a number of seconds"_s);
        double value = 0;
        if (!pair[1].is_string() || !readNumber(pair[1].get_ref<const std::string &>(), value))
            return refuse(u"a sample's value is not a number"_s);
        series.times.push_back(time);
        series.values.push_back(value);
        return true;
    }

    bool refuse(const QString &why)
    {
        m_fault = why;
        return false;
    }

    const QString m_endpoint;
    QString m_fault;
};

} // namespace

Result<QueryResult> decodeQueryResult(const QByteArray &body, const QString &endpoint)
{
    QueryResult result;
    bool isRead = false;
    const auto size = static_cast<std::size_t>(body.size());
    const auto capacity = static_cast<std::size_t>(body.capacity());
    // Inflated bodies usually have the room that simdjson reads over the end; the others are copied once.
    if (capacity >= size + simdjson::SIMDJSON_PADDING) {
        isRead = FastReader().read(simdjson::padded_string_view(body.constData(), size, capacity), result);
    } else {
        const simdjson::padded_string copy(body.constData(), size);
        isRead = FastReader().read(copy, result);
    }
    if (isRead)
        return result;
    return CarefulReader(endpoint).read(body);
}

} // namespace atalaya::metrics
