// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/health/health_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::health {

/// Every component of every system over time, its answer latency, and in the side panel the raw answer and the start-up
/// validation of each instance. What does not answer is hatched and never healthy.
class HealthPage final : public QWidget
{
    Q_OBJECT
public:
    /// All references must outlive the page.
    HealthPage(const workspace::Environment &environment, HealthStore &store, const Clock &clock, const QTimeZone &zone,
               QWidget *parent = nullptr);
    ~HealthPage() override;

    /// "17 components, 2 not healthy, 4 not known".
    QString subtitle() const;
    /// Shows only this system; empty: all.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    bool isSettled() const;
    /// Splitter, columns and sorting, for the owner to keep between runs.
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);

Q_SIGNALS:
    void subtitleChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::health
