// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/refresh/source_monitor.h"

#include <QtWidgets/QAbstractButton>

namespace atalaya::shell {

/// What one pill stands for: a source, or several live ones together.
struct PillContent
{
    QList<refresh::SourceStatus> sources;

    bool operator==(const PillContent &) const = default;
};

/// The freshness pill of the band: shape, name and age; a border and words where a source is not live.
class SourcePill final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SourcePill(QWidget *parent = nullptr);

    void show(const PillContent &content, Timestamp now);
    const PillContent &content() const { return m_content; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    PillContent m_content;
    QString m_age;
};

} // namespace atalaya::shell
