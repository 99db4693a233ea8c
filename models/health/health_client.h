// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/health_report.h"
#include "models/health/scrape_decoder.h"
#include "models/http/transport.h"

namespace atalaya::health {

/// Reads of an instance's health and of Prometheus' view of it, stateless. Decoding happens off the calling thread.
class HealthClient
{
public:
    explicit HealthClient(http::Transport &transport) : m_transport(transport) {}

    Pending<ProbeReport> fetchProbe(const http::Endpoint &endpoint, const QString &path) const;
    Pending<StartupReport> fetchStartup(const http::Endpoint &endpoint, const QString &path) const;
    /// `up{selector}` at a Prometheus.
    Pending<QList<ScrapeState>> fetchScrapes(const http::Endpoint &prometheus, const QString &selector) const;

private:
    http::Transport &m_transport;
};

} // namespace atalaya::health
