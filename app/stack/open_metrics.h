// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/labels.h"

#include <QtCore/QByteArray>

namespace atalaya::stack {

/// What a scrape of `exposition` (Prometheus' text format) at `time` would have stored, as OpenMetrics lines with that
/// time: every sample with the labels added, then the samples of the scrape itself (`up`, `scrape_...`). Comments and
/// lines that are no samples are left out. The end marker is the caller's.
QByteArray scrapedLines(const QByteArray &exposition, const Labels &labels, Timestamp time, Milliseconds duration);

} // namespace atalaya::stack
