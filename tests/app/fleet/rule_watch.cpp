// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/rule_watch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace atalaya::fleet::test {

namespace {

constexpr Seconds window{300};

std::string labelValue(const std::string &series, const std::string &label)
{
    const auto at = series.find(label + "=\"");
    if (at == std::string::npos)
        return {};
    const auto begin = at + label.size() + 2;
    return series.substr(begin, series.find('"', begin) - begin);
}

} // namespace

void RuleWatch::scrape(const std::string &instance, Seconds at, const std::map<std::string, double> &samples)
{
    m_up[instance] = !samples.empty();
    auto &series = m_targets[instance];
    for (auto &[name, kept] : series)
        kept.isLive = samples.contains(name);
    for (const auto &[name, value] : samples) {
        Series &kept = series[name];
        kept.isLive = true;
        kept.samples.push_back({at, value});
        while (kept.samples.front().at <= at - window)
            kept.samples.pop_front();
    }
    for (auto &[name, kept] : series) {
        while (!kept.samples.empty() && kept.samples.front().at <= at - window)
            kept.samples.pop_front();
    }
}

std::vector<std::pair<std::string, double>> RuleWatch::increases(const std::string &name) const
{
    std::vector<std::pair<std::string, double>> found;
    for (const auto &[instance, series] : m_targets) {
        for (auto it = series.lower_bound(name); it != series.end() && it->first.starts_with(name); ++it) {
            if (it->first.size() > name.size() && it->first[name.size()] != '{')
                continue;
            const auto &samples = it->second.samples;
            if (samples.size() < 2)
                continue;
            double sum = 0;
            for (std::size_t i = 1; i < samples.size(); ++i) {
                const double step = samples[i].value - samples[i - 1].value;
                sum += step >= 0 ? step : samples[i].value;
            }
            found.emplace_back(it->first, sum);
        }
    }
    return found;
}

double RuleWatch::increase(const std::string &name, const std::string &part) const
{
    double sum = 0;
    for (const auto &[series, value] : increases(name)) {
        if (series.find(part) != std::string::npos)
            sum += value;
    }
    return sum;
}

double RuleWatch::quantile95() const
{
    std::map<double, double> buckets;
    for (const auto &[series, value] : increases("http_request_duration_seconds_bucket")) {
        const std::string le = labelValue(series, "le");
        buckets[le == "+Inf" ? std::numeric_limits<double>::infinity() : std::stod(le)] += value;
    }
    if (buckets.empty() || buckets.rbegin()->second <= 0)
        return std::nan("");
    const double rank = 0.95 * buckets.rbegin()->second;
    double lowerBound = 0;
    double lowerCount = 0;
    for (const auto &[bound, count] : buckets) {
        if (count >= rank) {
            if (std::isinf(bound))
                return lowerBound;
            return lowerBound + (bound - lowerBound) * (rank - lowerCount) / (count - lowerCount);
        }
        lowerBound = bound;
        lowerCount = count;
    }
    return lowerBound;
}

void RuleWatch::evaluate(Seconds at)
{
    const std::set<std::string> before = m_firing;
    m_firing.clear();
    m_pending.clear();

    const double all = increase("http_requests_total", {});
    const double failed = increase("http_requests_total", "status=\"5");
    const double ratio = all > 0 ? failed / all : 0;
    judge("HighErrorRate", {}, ratio > 0.05, Seconds(120), at);
    judge("ErrorRateAboveTarget", {}, ratio > 0.01, Seconds(600), at);
    const double p95 = quantile95();
    judge("HighLatency", {}, p95 > 1, Seconds(300), at);
    judge("LatencyAboveTarget", {}, p95 > 0.1, Seconds(900), at);
    for (const auto &[instance, series] : m_targets) {
        for (const auto &[name, kept] : series) {
            if (!name.starts_with("circuit_breaker_state{"))
                continue;
            const double value = kept.isLive && !kept.samples.empty() ? kept.samples.back().value : 0;
            judge("CircuitBreakerOpen", instance + name, value == 1, Seconds(60), at);
            judge("CircuitBreakerStuckHalfOpen", instance + name, value == 2, Seconds(300), at);
            judge("CircuitBreakerRecoveryTooSlow", instance + name, value > 0, Seconds(120), at);
        }
    }
    for (const std::string model : {"gpt-3.5-turbo", "text-embedding-3-small"}) {
        const double requests = increase("openai_requests_total", "model=\"" + model + "\"");
        const double errors = increase("openai_errors_total", "model=\"" + model + "\"");
        judge("OpenAIErrorRatioHigh", model, requests > 0 && errors / requests > 0.05, Seconds(300), at);
    }
    std::map<std::string, double> databaseErrors;
    for (const auto &[series, value] : increases("db_errors_total"))
        databaseErrors[series] += value;
    for (const auto &[series, value] : databaseErrors)
        judge("DatabaseErrors", series, value / double(window.count()) > 0.1, Seconds(300), at);
    for (const auto &[instance, isUp] : m_up)
        judge("AiProveedoresTargetDown", instance, !isUp, Seconds(60), at);

    for (const std::string &alert : m_firing)
        m_everFired.emplace(alert, at);
    for (const std::string &alert : before) {
        if (!m_firing.contains(alert))
            m_resolved.insert(alert);
    }
}

void RuleWatch::judge(const std::string &alert, const std::string &key, bool holds, Seconds mustHold, Seconds at)
{
    const std::string id = alert + '|' + key;
    if (!holds) {
        m_since.erase(id);
        return;
    }
    const Seconds since = m_since.emplace(id, at).first->second;
    (at - since >= mustHold ? m_firing : m_pending).insert(alert);
}

void RuleWatch::forget()
{
    m_everFired.clear();
    m_resolved.clear();
}

} // namespace atalaya::fleet::test
