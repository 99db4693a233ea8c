// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/scrape_decoder.h"

#include "models/http/json_reader.h"

namespace atalaya::health {

using namespace Qt::Literals::StringLiterals;

Result<QList<ScrapeState>> decodeScrapes(const http::HttpResponse &response)
{
    const Result<http::Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const http::Json *data = http::objectAt(*json, "data");
    const http::Json *result = data ? http::arrayAt(*data, "result") : nullptr;
    if (!result || http::stringAt(*data, "resultType") != u"vector")
        return failure(ErrorKind::Malformed, response.endpoint, u"answered JSON that is not an instant vector"_s);
    QList<ScrapeState> scrapes;
    for (const http::Json &series : *result) {
        const http::Json *metric = http::objectAt(series, "metric");
        const http::Json *value = http::arrayAt(series, "value");
        if (!metric || !value || value->size() != 2 || !(*value)[1].is_string())
            return failure(ErrorKind::Malformed, response.endpoint, u"a series of up has no labels or value"_s);
        ScrapeState scrape;
        for (const auto &[name, text] : metric->items())
            scrape.labels.emplace(QString::fromStdString(name), http::toQString(text));
        scrape.isUp = http::toQString((*value)[1]) == u"1";
        scrapes.append(scrape);
    }
    return scrapes;
}

} // namespace atalaya::health
