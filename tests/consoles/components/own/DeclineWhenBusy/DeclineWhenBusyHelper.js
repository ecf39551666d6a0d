({
  declineAll: function (component) {
    var omni = component.find("omni");
    omni.getAgentWorks().then(function (result) {
      JSON.parse(result.works).forEach(function (work) {
        if (work.isEngaged === false) {
          omni.declineAgentWork({ workId: work.workId, reason: "Agent is busy" }).then(function (done) {
            console.log("declined " + work.workId + ": " + done);
          }).catch(function (error) {
            console.log("not declined: " + error.message);
          });
        }
      });
    });
  }
})
