// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/time_range.h"
#include "models/health/health_table_model.h"
#include "widgets/theme/theme.h"

class QPainter;

namespace atalaya::health {

/// Status over time, severity by height: healthy 4 px, degraded 9, unhealthy 15 with crosses, not known a dashed
/// hatched frame with a question mark. Nothing is drawn where nobody watched. A silent row's past is in the stale
/// colour.
void paintHealthBar(QPainter &painter, const QRectF &area, const theme::Theme &look, const QList<HealthStretch> &bar,
                    const TimeRange &range, bool isSilent);
/// One sample of each form, for the legend.
void paintHealthSample(QPainter &painter, const QRectF &area, const theme::Theme &look, HealthStatus status);
/// The answer's time over the range.
void paintLatency(QPainter &painter, const QRectF &area, const theme::Theme &look, const HealthLine &row,
                  const TimeRange &range);

} // namespace atalaya::health
