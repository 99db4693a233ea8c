// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/gauge_decoder.h"

#include "models/http/json_reader.h"

#include <cmath>

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;

Result<QList<GaugeSample>> decodeGauge(const http::HttpResponse &response, const QMap<int, QString> &encoding)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const http::Json *data = http::objectAt(*json, "data");
    const http::Json *result = data ? http::arrayAt(*data, "result") : nullptr;
    if (!result || http::stringAt(*data, "resultType") != u"vector")
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not an instant vector"_s);
    QList<GaugeSample> samples;
    for (const http::Json &series : *result) {
        const http::Json *metric = http::objectAt(series, "metric");
        if (metric && http::arrayAt(series, "histogram"))
            continue;
        const http::Json *value = http::arrayAt(series, "value");
        const bool isPair = value && value->size() == 2 && (*value)[0].is_number() && (*value)[1].is_string();
        const QString text = isPair ? http::toQString((*value)[1]) : QString();
        bool isNumber = false;
        double number = text.toDouble(&isNumber);
        if (text == u"NaN") {
            number = std::nan("");
            isNumber = true;
        } else if (text == u"+Inf" || text == u"-Inf") {
            number = text == u"+Inf" ? HUGE_VAL : -HUGE_VAL;
            isNumber = true;
        }
        if (!metric || !isNumber)
            return failure(ErrorKind::Malformed, response.endpoint, u"a series of the gauge has no labels or value"_s);
        GaugeSample sample;
        for (const auto &[name, label] : metric->items())
            sample.labels.emplace(QString::fromStdString(name), http::toQString(label));
        sample.reading.number = number;
        sample.reading.sampledAt = Timestamp(Milliseconds(std::llround((*value)[0].get<double>() * 1000)));
        if (std::isfinite(number) && number == std::floor(number) && std::abs(number) < 1e6)
            sample.reading.state = breakerStateFromWord(encoding.value(static_cast<int>(number)));
        samples.append(sample);
    }
    return samples;
}

} // namespace atalaya::breakers
